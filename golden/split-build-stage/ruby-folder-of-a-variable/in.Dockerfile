FROM ruby:3.3-slim
ENV BUNDLE_PATH="/gems" \
    BUNDLE_DEPLOYMENT="1"
RUN apt-get update && apt-get install -y gcc make libc6-dev libffi-dev libyaml-dev zlib1g-dev libsqlite3-dev git
WORKDIR /app
COPY Gemfile* ./
RUN bundle install
COPY . .
VOLUME /app/storage
CMD ["bundle", "exec", "puma"]
