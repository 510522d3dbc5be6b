FROM ruby:3.3
COPY --from=node:20 /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
