FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev
RUN useradd --create-home app
WORKDIR /home/app
USER app
RUN bundle config --global jobs 4
COPY Gemfile ./
RUN bundle install
COPY --chown=app . .
CMD ["bundle", "exec", "puma"]
