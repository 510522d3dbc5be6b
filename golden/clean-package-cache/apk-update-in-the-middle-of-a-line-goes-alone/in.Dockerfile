FROM alpine:3.20
RUN touch /stamp \
    && apk update && apk upgrade --no-cache \
    && apk add --no-cache curl
