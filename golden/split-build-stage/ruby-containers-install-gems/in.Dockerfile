FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
ENTRYPOINT ["./docker-entrypoint.sh"]
CMD ["bundle", "exec", "puma"]
