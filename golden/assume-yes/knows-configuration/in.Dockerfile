FROM debian:12
RUN apt-get -o APT::Get::Assume-Yes=true install a
