FROM debian:12
RUN command -v apt install
