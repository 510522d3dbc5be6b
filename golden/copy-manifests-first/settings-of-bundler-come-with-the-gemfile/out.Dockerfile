FROM ruby:3.3
WORKDIR /srv
COPY Gemfile Gemfile.lock ./
RUN bundle config set without development && bundle install
COPY . .
