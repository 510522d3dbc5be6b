ARG BASE=python:3.12-slim
FROM ${BASE}
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
