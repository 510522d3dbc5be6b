FROM debian:12
RUN [ -n "$DEBUG" ] && set -ex; apt-get update; apt-get install -y a \
    && rm -rf /var/lib/apt/lists/*
