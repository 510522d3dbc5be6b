FROM python:3.12 AS one
RUN uv pip install --system --no-cache flask
RUN uv sync --frozen && uv cache clean

FROM python:3.12 AS two
RUN pipx install poetry
RUN pipenv sync

FROM python:3.12 AS three
RUN poetry install --no-interaction --no-cache
