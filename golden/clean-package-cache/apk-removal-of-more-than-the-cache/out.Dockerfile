FROM alpine
RUN apk add --no-cache curl && rm -rf /tmp/*
