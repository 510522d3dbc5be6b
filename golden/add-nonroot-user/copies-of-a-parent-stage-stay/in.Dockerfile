FROM python:3.12-slim AS base
WORKDIR /app
COPY . .

FROM base
EXPOSE 8000
CMD ["gunicorn", "app:app"]
