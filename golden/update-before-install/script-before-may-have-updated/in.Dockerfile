FROM debian:12
RUN ./setup.sh
RUN apt-get install -y a
