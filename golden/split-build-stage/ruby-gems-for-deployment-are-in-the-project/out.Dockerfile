FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y build-essential libpq-dev
WORKDIR /app
COPY . .
RUN bundle config set --local deployment true && bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build /app/vendor/bundle /app/vendor/bundle
COPY --from=build /app/Gemfile.lock /app/Gemfile.lock
CMD ["bundle", "exec", "puma"]
