FROM debian:12
RUN . /etc/os-release && echo $ID >/id
RUN mkdir /b
