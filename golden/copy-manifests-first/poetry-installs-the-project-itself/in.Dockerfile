FROM python:3.12
RUN pip install poetry
WORKDIR /srv
COPY . .
RUN poetry install
