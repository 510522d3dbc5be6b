FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN mkdir -p /app/logs /var/lib/app
EXPOSE 8000
CMD ["gunicorn", "app:app"]
