FROM python:3.12-slim
RUN useradd web && useradd worker
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
