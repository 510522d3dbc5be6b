FROM debian:12
RUN apt-get update
RUN apt-get install -y a
RUN apt-get install -y b
RUN apt-get install -y c
