FROM alpine
RUN apk update && sh -c "apk add tree" && apk add --no-cache curl && rm -rf /var/cache/apk/*
