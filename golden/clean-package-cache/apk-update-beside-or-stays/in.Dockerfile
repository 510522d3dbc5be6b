FROM alpine:3.20
RUN apk update || true; apk add curl
