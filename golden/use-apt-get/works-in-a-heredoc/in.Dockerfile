FROM debian:12
RUN <<EOF
apt update
# tools
apt install -y curl
EOF
