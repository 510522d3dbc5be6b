FROM debian:12
ONBUILD RUN apt-get install -y \
    b \
    a
RUN <<EOF
apt-get install -y \
    b \
    a
EOF
