FROM python:3.12
RUN uv pip install --system a
RUN uv sync --frozen
RUN UV_NO_CACHE=1 uv sync
