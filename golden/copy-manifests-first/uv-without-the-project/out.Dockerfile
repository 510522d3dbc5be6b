FROM ghcr.io/astral-sh/uv:python3.12-bookworm
WORKDIR /srv
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-install-project
COPY . .
RUN uv sync --frozen
