FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends ruby bison ninja-build \
    curl ca-certificates zlib1g-dev libbz2-dev \
    && rm -rf /var/lib/apt/lists/*
