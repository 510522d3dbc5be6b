FROM python:3.12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/uv
WORKDIR /app
COPY --chown=app:app . .
RUN uv sync --frozen
EXPOSE 8000
USER app
CMD ["/app/.venv/bin/gunicorn", "app:app"]
