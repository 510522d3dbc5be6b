FROM debian:12 AS base
ONBUILD RUN apt-get update && apt-get install -y a \
    && rm -rf /var/lib/apt/lists/*
FROM scratch
RUN x
