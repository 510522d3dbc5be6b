FROM python:3.12
ENV POETRY_CACHE_DIR=/c
RUN poetry install
