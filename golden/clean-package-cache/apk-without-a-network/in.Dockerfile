FROM alpine
RUN apk add --no-network --allow-untrusted /tmp/tool.apk
