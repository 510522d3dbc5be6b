FROM python:3.12-slim AS base
WORKDIR /app

FROM node:20 AS assets
WORKDIR /assets
COPY assets .
RUN npm ci

FROM base
COPY --from=assets /assets static
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
