FROM debian:12
RUN npm ci
RUN mkdir /app
