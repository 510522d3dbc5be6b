FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends some packages \
    && rm -rf /var/lib/apt/lists/*
