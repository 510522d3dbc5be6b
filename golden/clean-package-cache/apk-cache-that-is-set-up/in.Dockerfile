FROM alpine
RUN --mount=type=cache,target=/etc/apk/cache apk add curl
