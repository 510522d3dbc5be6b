FROM debian:12
RUN <<EOF
set -eux
mkdir /a
EOF
# About b.
RUN <<EOF
set -eux
# inside
mkdir /b
EOF
CMD ["true"]
