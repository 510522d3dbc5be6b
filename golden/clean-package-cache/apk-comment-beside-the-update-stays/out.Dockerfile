FROM alpine:3.20
RUN apk update && \
    # tools
    apk add --no-cache curl
