FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN openssl req -x509 -nodes -keyout key.pem -out cert.pem -subj /CN=x
EXPOSE 8000
CMD ["gunicorn", "app:app"]
