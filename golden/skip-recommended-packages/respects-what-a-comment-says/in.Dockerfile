FROM debian:12
# we do want recommends here
RUN apt-get install -y curl
