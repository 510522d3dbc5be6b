FROM ruby:3.3
WORKDIR /srv
COPY Gemfile Gemfile.lock ./
RUN bundle install --jobs 4
COPY . .
