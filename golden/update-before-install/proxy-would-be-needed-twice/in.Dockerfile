FROM debian:12
RUN http_proxy=x apt-get install -y a
