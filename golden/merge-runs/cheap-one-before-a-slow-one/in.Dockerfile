FROM debian:12
RUN mkdir -p /app
RUN npm ci
