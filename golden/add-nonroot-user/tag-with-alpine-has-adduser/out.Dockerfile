FROM python:3.12-alpine
WORKDIR /app
RUN addgroup -S -g 10001 app \
    && adduser -S -D -u 10001 -G app -s /sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
