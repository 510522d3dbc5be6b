FROM alpine:3.20 AS base
RUN apk update && apk add --no-cache libpq
FROM base AS builder
RUN apk add git
FROM base
CMD ["sh"]
