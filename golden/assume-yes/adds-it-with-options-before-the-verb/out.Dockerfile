FROM debian:12
RUN apt-get -q -o Dpkg::Use-Pty=0 install -y curl
