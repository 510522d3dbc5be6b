FROM debian:12
# lists
# tools
RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates git openssh-client \
    vim \
    && rm -rf /var/lib/apt/lists/*
