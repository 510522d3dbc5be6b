FROM debian:12
RUN apt-get update
RUN apt-get $OPTS install -y a
RUN apt-get install -y b
