FROM debian:12
# lists
# tools
RUN apt-get update && apt-get install -y --no-install-recommends curl git \
    vim \
    ca-certificates \
    && rm -rf /var/lib/apt/lists/*
