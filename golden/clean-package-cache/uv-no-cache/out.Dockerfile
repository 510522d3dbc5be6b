FROM python:3.12
RUN uv pip install --no-cache --system a
RUN uv sync --no-cache --frozen
RUN UV_NO_CACHE=1 uv sync
