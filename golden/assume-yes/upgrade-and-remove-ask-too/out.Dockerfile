FROM debian:12
RUN apt-get upgrade -y && apt-get remove -y curl && apt-get autoremove -y
