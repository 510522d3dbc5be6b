FROM debian:12
RUN apt-get update && apt-get install -y curl && apt-get clean && apt-get purge && rm -rf /var/lib/apt/lists/*
RUN apt-get update && apt-get purge -y curl && apt-get purge -y --autoremove && rm -rf /var/lib/apt/lists/*
