FROM debian:12
RUN <<EOF
apt-get update
# tools
apt-get install -y curl
EOF
