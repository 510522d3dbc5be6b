FROM ruby:3.3-slim
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
RUN useradd --create-home app
WORKDIR /home/app
COPY --chown=app:app . .
RUN bundle install
USER app
CMD ["bundle", "exec", "puma"]
