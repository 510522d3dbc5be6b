FROM debian:12
RUN apt-get update && apt-get install -y ruby bison ninja-build \
    curl zlib1g-dev libbz2-dev \
    && rm -rf /var/lib/apt/lists/*
