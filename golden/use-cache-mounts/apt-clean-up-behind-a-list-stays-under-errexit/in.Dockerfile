FROM debian:12
RUN set -e; \
    apt-get update; \
    apt-get install -y gosu; \
    command -v tini && tini --version; \
    rm -rf /var/lib/apt/lists/*
