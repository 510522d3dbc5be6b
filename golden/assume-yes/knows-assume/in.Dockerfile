FROM debian:12
RUN apt-get --assume-yes install a
