FROM debian:12
RUN apt() { command apt -q "$@"; }; apt install -y a
