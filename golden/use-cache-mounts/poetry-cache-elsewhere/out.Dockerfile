FROM python:3.12
ENV POETRY_CACHE_DIR=/tmp/poetry
RUN --mount=type=cache,target=/tmp/poetry/cache \
    --mount=type=cache,target=/tmp/poetry/artifacts \
    poetry install
RUN poetry install && rm -rf $POETRY_CACHE_DIR
