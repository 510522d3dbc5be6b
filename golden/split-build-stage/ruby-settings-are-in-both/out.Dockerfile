FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y build-essential
# Never changes the lock file.
RUN bundle config --global frozen 1
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN gem update --system && bundle config set without 'development test' && bundle config set --local jobs 4 && bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN bundle config --global frozen 1
WORKDIR /app
RUN gem update --system && bundle config set without 'development test'
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY . .
CMD ["bundle", "exec", "puma"]
