FROM ruby:3.3-slim AS build
ENV BUNDLE_PATH="/gems" \
    BUNDLE_DEPLOYMENT="1"
RUN apt-get update && apt-get install -y gcc make libc6-dev libffi-dev libyaml-dev zlib1g-dev libsqlite3-dev git
WORKDIR /app
COPY Gemfile* ./
RUN bundle install

FROM ruby:3.3-slim
ENV BUNDLE_PATH="/gems" \
    BUNDLE_DEPLOYMENT="1"
RUN apt-get update && apt-get install -y libgomp1 libsqlite3-0 git && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build /gems /gems
COPY . .
VOLUME /app/storage
CMD ["bundle", "exec", "puma"]
