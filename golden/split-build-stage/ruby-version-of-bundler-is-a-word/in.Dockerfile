FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
RUN gem install bundler:2.5.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle _2.5.3_ install
COPY . .
CMD ["bundle", "exec", "puma"]
