FROM debian:12
RUN apt-get install -y --only-upgrade openssl
