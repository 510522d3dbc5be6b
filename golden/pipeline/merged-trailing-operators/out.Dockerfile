FROM debian:12
RUN apt-get update && \
    apt-get install -y --no-install-recommends make && \
    apt-get clean && \
    rm -rf /var/lib/apt/lists/*
RUN mkdir /a && \
    mkdir /b
