FROM alpine:3.20
RUN apk add --no-cache npm && npm install -g x && apk del npm
