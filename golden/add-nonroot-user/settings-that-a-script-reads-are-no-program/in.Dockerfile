FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["bash", "-c", "source venv/bin/activate && exec gunicorn $OPTIONS app:app"]
