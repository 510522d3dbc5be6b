FROM debian:12
ARG V=1
RUN apt-get install -y less=$V tree=1.0/stable vim:amd64
