FROM debian:12
RUN apt-get -s upgrade
RUN echo apt-get upgrade
