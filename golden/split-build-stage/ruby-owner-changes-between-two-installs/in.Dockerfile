FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
RUN useradd app && gem update --system
RUN gem install puma
RUN chown -R app /usr/local/bundle
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
