FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y build-essential libyaml-dev git curl
WORKDIR /app
COPY . .
RUN bundle install && bundle clean --force

FROM ruby:3.3-slim AS app
RUN apt-get update && apt-get install -y libgomp1 git curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build /app/Gemfile.lock /app/Gemfile.lock
LABEL org.opencontainers.image.title=shop
RUN rm -rf /root/.bundle/cache /usr/local/bundle/cache
HEALTHCHECK CMD curl -f http://localhost:9292/ || exit 1
ENTRYPOINT ["bundle", "exec"]
CMD ["puma"]
