FROM python:3.12-slim AS base
WORKDIR /app

FROM node:20 AS assets
WORKDIR /assets
COPY assets .
RUN npm ci

FROM base
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --from=assets --chown=app:app /assets static
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
