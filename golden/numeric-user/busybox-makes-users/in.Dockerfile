FROM alpine:3.20
RUN addgroup -S -g 101 web && adduser -S -D -H -u 100 -G web web
USER web:web
CMD ["serve"]
