FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
ENV BUNDLE_APP_CONFIG=/app/.bundle
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
