FROM debian:12
RUN if true; then apt-get install -y a; fi
