FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev
WORKDIR /app
COPY . .
RUN bundle config set --local deployment true && bundle install
CMD ["bundle", "exec", "puma"]
