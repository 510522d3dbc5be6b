FROM python:3.12
RUN pip install poetry
WORKDIR /srv
COPY pyproject.toml poetry.lock ./
RUN poetry config virtualenvs.create false && poetry install --no-root --no-interaction
COPY . .
