FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 80
CMD ["gunicorn", "-b", "0.0.0.0:80", "app:app"]
