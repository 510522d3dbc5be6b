FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
RUN gem install bundler
WORKDIR /app
COPY . .
RUN bin/setup
CMD ["bundle", "exec", "puma"]
