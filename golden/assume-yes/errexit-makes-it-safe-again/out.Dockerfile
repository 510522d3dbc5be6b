FROM debian:12
RUN set -e; apt-get install -y curl; make
