FROM debian:12-slim
COPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/uv
WORKDIR /app
COPY . .
RUN uv sync --frozen
EXPOSE 8000
CMD ["/app/.venv/bin/python", "-m", "app"]
