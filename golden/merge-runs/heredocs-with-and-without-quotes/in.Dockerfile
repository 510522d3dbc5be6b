FROM debian:12
RUN <<"EOF"
set -e
mkdir /a
EOF
RUN <<EOF
set -e
mkdir /b
EOF
