FROM alpine
RUN apk update && sh -c "apk add tree" && apk add curl && rm -rf /var/cache/apk/*
