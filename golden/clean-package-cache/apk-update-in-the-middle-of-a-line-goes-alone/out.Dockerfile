FROM alpine:3.20
RUN touch /stamp \
    && apk upgrade --no-cache \
    && apk add --no-cache curl
