FROM debian:12
RUN --mount=type=tmpfs,target=/t <<EOF
wget --progress=dot:giga https://x.org/a
EOF
