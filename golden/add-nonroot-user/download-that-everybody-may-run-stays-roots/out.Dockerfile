FROM python:3.12-slim
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app
ADD https://example.com/wait-for-it.sh /bin/wait-for-it.sh
RUN chmod 755 /bin/wait-for-it.sh
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
