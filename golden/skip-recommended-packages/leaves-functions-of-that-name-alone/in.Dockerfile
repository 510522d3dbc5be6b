FROM debian:12
RUN apt-get() { command apt-get -q "$@"; }; apt-get update && apt-get install -y curl
