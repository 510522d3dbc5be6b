FROM ghcr.io/astral-sh/uv:python3.12-bookworm
WORKDIR /srv
COPY . .
RUN uv sync --frozen --no-install-project
RUN uv sync --frozen
