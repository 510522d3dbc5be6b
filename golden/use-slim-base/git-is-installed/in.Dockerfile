FROM python:3.12
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
RUN git clone --depth 1 https://example.org/app.git /app
CMD ["python", "/app/main.py"]
