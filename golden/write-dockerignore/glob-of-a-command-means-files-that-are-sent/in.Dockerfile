FROM alpine:3.20
WORKDIR /srv
COPY . .
RUN rm Docker* && mv docker-* /tmp/
