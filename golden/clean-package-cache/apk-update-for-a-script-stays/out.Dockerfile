FROM alpine
RUN apk update && ./install.sh && apk add --no-cache curl && rm -rf /var/cache/apk/*
