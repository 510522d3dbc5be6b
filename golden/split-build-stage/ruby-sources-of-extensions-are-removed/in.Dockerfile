from ruby:3.3-slim
run apt-get update && apt-get install -y build-essential libpq-dev
workdir /app
copy Gemfile Gemfile.lock ./
run bundle install && rm -rf /usr/local/bundle/cache/*.gem && find /usr/local/bundle/gems/ -name "*.c" -delete
copy . .
cmd ["bundle", "exec", "puma"]
