FROM debian:12
RUN apt-get update && apt-get install -y \
    curl \
    g++ \
    gcc \
    wget && \
    rm -rf /var/lib/apt/lists/*
