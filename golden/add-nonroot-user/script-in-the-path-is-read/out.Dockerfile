FROM python:3.12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
COPY docker/entrypoint.sh /usr/local/bin/
RUN chmod +x /usr/local/bin/entrypoint.sh
WORKDIR /app
COPY --chown=app:app app .
EXPOSE 8000
USER app
ENTRYPOINT ["entrypoint.sh"]
CMD ["gunicorn", "app:app"]
