# syntax=docker/dockerfile:1
FROM alpine:3.20
RUN <<EOF
apk update
apk add git
EOF
RUN apk update; apk add curl
RUN apk add jq && apk del curl
RUN chmod +x /start.sh
CMD ["sh"]
