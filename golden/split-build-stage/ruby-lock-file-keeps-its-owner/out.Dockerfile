FROM ruby:3.3-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
RUN useradd --create-home app
WORKDIR /home/app
COPY --chown=app:app . .
RUN bundle install

FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home app
WORKDIR /home/app
COPY --chown=app:app . .
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build --chown=app:app /home/app/Gemfile.lock /home/app/Gemfile.lock
USER app
CMD ["bundle", "exec", "puma"]
