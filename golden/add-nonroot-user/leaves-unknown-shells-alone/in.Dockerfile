FROM python:3.12-slim
SHELL ["fish", "-c"]
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
