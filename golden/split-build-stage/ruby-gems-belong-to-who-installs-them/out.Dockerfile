FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev
RUN useradd --create-home app
WORKDIR /home/app
USER app
RUN bundle config --global jobs 4
COPY Gemfile ./
RUN bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 libpq5 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home app
WORKDIR /home/app
USER app
RUN bundle config --global jobs 4
COPY --from=build --chown=app /usr/local/bundle /usr/local/bundle
COPY --from=build --chown=app /home/app/Gemfile.lock /home/app/Gemfile.lock
COPY --chown=app . .
CMD ["bundle", "exec", "puma"]
