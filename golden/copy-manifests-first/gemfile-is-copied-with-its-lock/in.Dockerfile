FROM ruby:3.3
WORKDIR /srv
COPY . .
RUN bundle install --jobs 4
