FROM debian:12
RUN apt-get update && apt-get install -y curl && rm -rf /var/cache/*
RUN apt-get update && apt-get install -y make && rm -rf /var/lib/apt/lists
RUN apt-get update && apt-get install -y wget && rm -rf /var/lib/{apt,dpkg,cache,log}/
RUN apt-get update && apt-get install -y nano && find /var/lib/apt /var/cache -type f -delete
RUN apt-get update && apt-get install -y vim && mv /var/cache /cache
