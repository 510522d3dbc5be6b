FROM alpine
RUN set -e; if true; then apk add curl; rm -rf /var/cache/apk/*; fi
