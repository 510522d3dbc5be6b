FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["sh", "-ec", "chown -R app /app; gunicorn app:app"]
