FROM debian:12
RUN <<EOF
set -eux
mkdir /a
# About b.
# inside
mkdir /b
EOF
CMD ["true"]
