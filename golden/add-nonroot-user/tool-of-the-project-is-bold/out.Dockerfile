FROM ruby:3.3
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app . .
RUN bundle install
RUN bundle exec rails assets:precompile
EXPOSE 3000
USER app
CMD ["bundle", "exec", "puma"]
