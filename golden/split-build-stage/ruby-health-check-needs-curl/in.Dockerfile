FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
HEALTHCHECK CMD curl -f http://localhost:9292/ || exit 1
CMD ["bundle", "exec", "puma"]
