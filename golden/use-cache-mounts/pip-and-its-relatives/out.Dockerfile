FROM python:3.12 AS one
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip install --system flask
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen

FROM python:3.12 AS two
RUN --mount=type=cache,target=/root/.cache/pip \
    pipx install poetry
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=cache,target=/root/.cache/pipenv \
    pipenv sync

FROM python:3.12 AS three
RUN --mount=type=cache,target=/root/.cache/pypoetry/cache \
    --mount=type=cache,target=/root/.cache/pypoetry/artifacts \
    poetry install --no-interaction
