FROM ruby:3.3-alpine
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN apk add --no-cache build-base && bundle install && apk del build-base
COPY . .
CMD ["bundle", "exec", "puma"]
