FROM python:3.12-slim
COPY . /app
WORKDIR /app
EXPOSE 8000
CMD ["gunicorn", "app:app"]
