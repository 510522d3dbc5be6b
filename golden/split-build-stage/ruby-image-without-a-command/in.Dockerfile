FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
