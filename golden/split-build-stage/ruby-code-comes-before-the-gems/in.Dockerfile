FROM ruby:3.3-slim AS app
LABEL org.opencontainers.image.title=shop
RUN apt-get update && apt-get install -y build-essential libyaml-dev git curl
WORKDIR /app
COPY . .
RUN bundle install && bundle clean --force
RUN rm -rf /root/.bundle/cache /usr/local/bundle/cache
HEALTHCHECK CMD curl -f http://localhost:9292/ || exit 1
ENTRYPOINT ["bundle", "exec"]
CMD ["puma"]
