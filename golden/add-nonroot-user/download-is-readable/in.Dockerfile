FROM python:3.12-slim
WORKDIR /app
COPY . .
ADD https://example.com/model.bin /models/model.bin
EXPOSE 8000
CMD ["gunicorn", "app:app"]
