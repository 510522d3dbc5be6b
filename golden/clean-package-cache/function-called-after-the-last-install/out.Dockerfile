FROM debian:12
RUN inst() { apt-get install -y "$@"; }; apt-get update; apt-get install -y a; inst b \
    && rm -rf /var/lib/apt/lists/*
