FROM debian:12 AS base
RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*
FROM base
RUN make
