FROM debian:12
RUN apt-get update && \
    apt-get install -y curl && \
    # the lists are old by tomorrow
    rm -rf /var/lib/apt/lists/*
