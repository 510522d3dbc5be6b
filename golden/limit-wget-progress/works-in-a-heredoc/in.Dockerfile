FROM debian:12
RUN --mount=type=tmpfs,target=/t <<EOF
wget https://x.org/a
EOF
