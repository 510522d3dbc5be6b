FROM debian:12
RUN if true; then apt-get upgrade -y; fi
