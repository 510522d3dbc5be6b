FROM debian:12
RUN mkdir /a
WORKDIR /a
RUN mkdir b
