FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
RUN gem install bundler
RUN useradd --create-home app
WORKDIR /home/app
USER app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
