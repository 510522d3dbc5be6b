FROM debian:12
RUN --mount=type=tmpfs,target=/tmp useradd -l -u 123456 luser
RUN <<EOF
set -e
useradd -l -u 123456 b
EOF
