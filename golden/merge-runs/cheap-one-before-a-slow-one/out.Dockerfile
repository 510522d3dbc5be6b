FROM debian:12
RUN mkdir -p /app \
    && npm ci
