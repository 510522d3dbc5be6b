FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev nodejs yarnpkg
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
RUN bundle exec rails assets:precompile
CMD ["bundle", "exec", "puma"]
