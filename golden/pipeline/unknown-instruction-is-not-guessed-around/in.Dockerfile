FROM debian:12
INCLUDE common.dockerfile
RUN apt-get install curl
