FROM python:3.12-slim
RUN mkdir -p /app
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
