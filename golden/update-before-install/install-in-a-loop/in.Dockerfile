FROM debian:12
RUN for p in a b; do apt-get install -y $p; done
