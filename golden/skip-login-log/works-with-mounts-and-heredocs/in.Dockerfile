FROM debian:12
RUN --mount=type=tmpfs,target=/tmp useradd -u 123456 luser
RUN <<EOF
set -e
useradd -u 123456 b
EOF
