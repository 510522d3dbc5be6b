FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
CMD chown -R app /data && gunicorn app:app
