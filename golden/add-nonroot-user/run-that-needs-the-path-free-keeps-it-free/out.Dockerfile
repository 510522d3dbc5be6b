FROM python:3.12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app
RUN mkdir /srv/app && touch /srv/app/x && chown app:app /srv/app/x
WORKDIR /srv/app/web
RUN chown app:app /srv/app/web
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
