FROM debian:12
RUN apt-get update
RUN echo deb x > /etc/apt/sources.list.d/x.list
RUN apt-get update && apt-get install -y a
