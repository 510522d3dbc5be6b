# hadolint global ignore=DL3027,DL3014
FROM debian:12
RUN apt update && apt install --no-install-recommends less \
    && rm -rf /var/lib/apt/lists/*
