FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential libtag1-dev
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
