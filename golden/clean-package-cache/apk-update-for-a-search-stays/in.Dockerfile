FROM alpine:3.20
RUN apk update && apk search -x curl && apk add curl
