FROM debian:12
RUN useradd() { command useradd "$@"; }; useradd -u 123456 x
