from python:3.12-slim
RUN apt-get update && \
  apt-get install -y libpq5
WORKDIR /app
COPY . .
CMD ["gunicorn", "app:app"]
