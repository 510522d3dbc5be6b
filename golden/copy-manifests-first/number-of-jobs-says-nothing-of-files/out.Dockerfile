FROM ruby:3.3
WORKDIR /srv
COPY Gemfile Gemfile.lock ./
RUN bundle install -j4 --retry=3
RUN bundle install -j$(nproc)
COPY . .
