FROM python:3.12-slim
EXPOSE 8000
CMD ["gunicorn", "app:app"]
WORKDIR /app
COPY . .
