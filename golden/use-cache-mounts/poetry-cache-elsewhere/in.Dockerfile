FROM python:3.12
ENV POETRY_CACHE_DIR=/tmp/poetry
RUN poetry install
RUN poetry install && rm -rf $POETRY_CACHE_DIR
