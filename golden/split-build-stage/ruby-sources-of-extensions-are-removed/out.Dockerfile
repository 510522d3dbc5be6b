from ruby:3.3-slim as build
run apt-get update && apt-get install -y build-essential libpq-dev
workdir /app
copy Gemfile Gemfile.lock ./
run bundle install && rm -rf /usr/local/bundle/cache/*.gem && find /usr/local/bundle/gems/ -name "*.c" -delete

from ruby:3.3-slim
run apt-get update && apt-get install -y --no-install-recommends libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
workdir /app
copy --from=build /usr/local/bundle /usr/local/bundle
copy . .
cmd ["bundle", "exec", "puma"]
