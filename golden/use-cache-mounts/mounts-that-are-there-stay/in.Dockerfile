FROM python:3.12
RUN --mount=type=cache,target=/root/.cache/pip pip install --no-cache-dir flask
RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=$DIR pip install flask
