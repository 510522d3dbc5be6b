FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
WORKDIR /usr/src/app
COPY Gemfile ./
RUN bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /usr/src/app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build /usr/src/app/Gemfile.lock /usr/src/app/Gemfile.lock
COPY . ./
CMD ["ruby", "app.rb"]
