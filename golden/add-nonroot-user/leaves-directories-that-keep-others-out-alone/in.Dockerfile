FROM python:3.12-slim
RUN mkdir -m 700 /opt/keys
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
