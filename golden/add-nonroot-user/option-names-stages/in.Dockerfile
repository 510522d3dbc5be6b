FROM python:3.12-slim AS api
WORKDIR /app
COPY api .
CMD ["gunicorn", "api:app"]

FROM python:3.12-slim AS admin
WORKDIR /app
COPY admin .
CMD ["gunicorn", "admin:app"]
