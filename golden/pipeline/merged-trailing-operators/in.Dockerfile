FROM debian:12
RUN apt-get update && \
    apt-get install -y make
RUN apt-get clean
RUN mkdir /a && \
    mkdir /b
