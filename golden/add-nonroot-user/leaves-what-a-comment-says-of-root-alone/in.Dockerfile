FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
# Must run as root to read the sensors.
CMD ["gunicorn", "app:app"]
