FROM python:3.12-slim
WORKDIR /app
RUN groupadd --system --gid 900 web \
    && useradd --system --uid 900 --gid web --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin web \
    && chown web:web /app
COPY --chown=web:web . .
EXPOSE 8000
USER web
CMD ["gunicorn", "app:app"]
