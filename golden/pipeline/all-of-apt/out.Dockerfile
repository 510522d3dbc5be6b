FROM debian:12
# lists
RUN apt-get update \
    # tools
    && apt-get install -y --no-install-recommends curl ca-certificates git openssh-client \
        vim \
    && rm -rf /var/lib/apt/lists/*
