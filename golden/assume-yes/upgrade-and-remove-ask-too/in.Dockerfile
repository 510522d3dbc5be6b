FROM debian:12
RUN apt-get upgrade && apt-get remove curl && apt-get autoremove
