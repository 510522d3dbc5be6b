FROM debian:12
RUN apt-get install -t stable -y y
