FROM ruby:3.3-slim
ARG GEMS=/gems
ENV BUNDLE_PATH=$GEMS
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
