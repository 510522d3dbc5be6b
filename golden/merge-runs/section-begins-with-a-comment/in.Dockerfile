FROM debian:12
RUN mkdir /a
# tools
RUN apt-get update
