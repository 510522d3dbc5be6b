FROM debian:12
RUN apt-get -y install less -t stable
