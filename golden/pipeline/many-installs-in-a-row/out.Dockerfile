FROM debian:12
RUN apt-get update \
    && apt-get install -y --no-install-recommends a \
    && apt-get install -y --no-install-recommends b \
    && apt-get install -y --no-install-recommends c \
    && rm -rf /var/lib/apt/lists/*
