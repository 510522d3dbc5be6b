FROM alpine:3.20
RUN apk add -U curl
RUN apk --update add git
