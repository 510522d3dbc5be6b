FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y build-essential
RUN <<EOF
bundle config set --global without development
mkdir -p /srv/cache
EOF
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN <<EOF
bundle config set --global without development
mkdir -p /srv/cache
EOF
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY . .
CMD ["bundle", "exec", "puma"]
