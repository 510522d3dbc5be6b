FROM alpine:3.20
RUN addgroup -S -g 10001 app \
    && adduser -S -D -u 10001 -G app -s /sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
RUN apk add --no-cache python3
WORKDIR /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
