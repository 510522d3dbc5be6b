FROM ruby:3.3-slim
ARG HOME_OF_APP=/app
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
WORKDIR $HOME_OF_APP
COPY Gemfile ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
