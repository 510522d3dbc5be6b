FROM alpine:3.20
RUN set -e; \
    apk add curl; \
    command -v tini && tini --version; \
    rm -rf /var/cache/apk/*
