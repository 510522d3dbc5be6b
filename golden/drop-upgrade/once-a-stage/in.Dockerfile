FROM debian:12
RUN apt-get update && apt-get -y upgrade && apt-get -y dist-upgrade
RUN apt-get -y upgrade
FROM debian:12
ONBUILD RUN apt-get update && sudo apt-get upgrade
