FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
WORKDIR /usr/src/app
COPY Gemfile ./
RUN bundle install
COPY . ./
CMD ["ruby", "app.rb"]
