FROM debian:12
RUN <<EOF
set -e
test -d /a && mkdir /b
EOF
RUN <<EOF
set -e
mkdir /c
EOF
