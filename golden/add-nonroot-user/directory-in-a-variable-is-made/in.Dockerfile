FROM python:3.12-slim
ENV DATA_DIR=/data LOG_FILE=/app/log.txt
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
