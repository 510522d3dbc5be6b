FROM alpine
RUN set -e; if true; then apk add --no-cache curl; fi
