FROM debian:12
RUN which a || apt-get install -y a
