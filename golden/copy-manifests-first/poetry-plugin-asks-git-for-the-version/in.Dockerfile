FROM python:3.12
WORKDIR /srv
COPY . .
RUN poetry install --no-root
