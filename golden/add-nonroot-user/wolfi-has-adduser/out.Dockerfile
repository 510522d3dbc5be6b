FROM cgr.dev/chainguard/wolfi-base
RUN addgroup -S -g 10001 app \
    && adduser -S -D -u 10001 -G app -s /sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
RUN apk add python-3.12
WORKDIR /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
