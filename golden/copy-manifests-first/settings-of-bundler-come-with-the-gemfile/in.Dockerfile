FROM ruby:3.3
WORKDIR /srv
COPY . .
RUN bundle config set without development && bundle install
