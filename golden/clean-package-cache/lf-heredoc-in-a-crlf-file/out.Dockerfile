FROM debian:12
RUN <<EOF
apt-get update
apt-get install -y --no-install-recommends some more packages and others \
    && rm -rf /var/lib/apt/lists/*
EOF
