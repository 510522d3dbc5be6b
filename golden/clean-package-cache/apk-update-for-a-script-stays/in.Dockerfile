FROM alpine
RUN apk update && ./install.sh && apk add curl && rm -rf /var/cache/apk/*
