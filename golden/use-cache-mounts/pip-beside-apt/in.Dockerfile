FROM python:3.12
RUN apt-get update && apt-get install -y gcc \
    && pip install --no-cache-dir uwsgi \
    && apt-get purge -y gcc \
    && rm -rf /var/lib/apt/lists/* /root/.cache/pip/*
