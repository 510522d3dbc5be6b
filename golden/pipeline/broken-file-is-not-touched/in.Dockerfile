FROM debian:12
RUN <<EOF
apt-get install curl
