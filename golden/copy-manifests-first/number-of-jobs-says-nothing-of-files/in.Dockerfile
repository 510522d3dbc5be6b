FROM ruby:3.3
WORKDIR /srv
COPY . .
RUN bundle install -j4 --retry=3
RUN bundle install -j$(nproc)
