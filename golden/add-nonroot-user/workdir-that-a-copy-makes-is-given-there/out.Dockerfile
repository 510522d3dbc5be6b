FROM python:3.12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app
COPY --chown=app:app . /app
WORKDIR /app
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
