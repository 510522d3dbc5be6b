FROM ruby:3.3-slim-bookworm AS build
RUN apt-get update && apt-get install -y build-essential libmagickwand-dev
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install

FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y libgomp1 libmagickcore-6.q16-6-extra libmagickwand-6.q16-6 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY . .
CMD ["bundle", "exec", "puma"]
