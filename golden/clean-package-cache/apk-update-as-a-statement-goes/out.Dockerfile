# syntax=docker/dockerfile:1
FROM alpine:3.20
RUN <<EOF
apk add --no-cache git
EOF
RUN apk add --no-cache curl
RUN apk add --no-cache jq && apk del curl
RUN chmod +x /start.sh
CMD ["sh"]
