FROM ruby:3.3-slim
ARG USER_ID=1000
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
WORKDIR /srv
USER $USER_ID
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
