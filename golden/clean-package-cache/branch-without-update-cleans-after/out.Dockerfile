FROM debian:12
RUN apt-get update; if [ -n "$X" ]; then apt-get install -y a; fi \
    && rm -rf /var/lib/apt/lists/*
