FROM alpine
RUN apk add curl; rm -rf /var/cache/apk/*
