ARG RUBY_VERSION=3.1
FROM ruby:${RUBY_VERSION}-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle
COPY . .
CMD ["bundle", "exec", "puma"]
