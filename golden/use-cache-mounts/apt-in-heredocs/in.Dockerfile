FROM debian:12
RUN <<EOF
set -e
apt-get update
apt-get install -y curl
rm -rf /var/lib/apt/lists/*
EOF

RUN <<EOF
apt-get update
apt-get install -y make
rm -rf /var/lib/apt/lists/*
EOF
