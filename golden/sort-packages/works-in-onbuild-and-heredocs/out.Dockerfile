FROM debian:12
ONBUILD RUN apt-get install -y \
    a \
    b
RUN <<EOF
apt-get install -y \
    a \
    b
EOF
