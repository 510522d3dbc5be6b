FROM alpine:3.20
RUN apk update \
    && apk upgrade \
    && apk add \
        curl \
        git \
    && rm -rf /tmp/* /var/cache/apk/*
