FROM ruby:3.3-slim-bookworm
RUN apt-get update && apt-get install -y build-essential libmagickwand-dev
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
