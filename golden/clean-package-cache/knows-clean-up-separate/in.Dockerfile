FROM debian:12
RUN apt-get update && apt-get install -y a && true; rm -r /var/lib/apt/lists/*
