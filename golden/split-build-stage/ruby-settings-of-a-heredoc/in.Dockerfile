FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y build-essential
RUN <<EOF
bundle config set --global without development
mkdir -p /srv/cache
EOF
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
