FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libffi-dev \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir --upgrade pip \
    && pip install --no-cache-dir cffi flask
WORKDIR /srv
COPY . .
CMD ["python", "serve.py"]
