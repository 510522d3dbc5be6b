FROM python:3.12-alpine
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
