FROM debian:12
RUN apt-get update && apt-get install -y a && rm -fr /tmp/* /var/lib/apt/lists/* /var/tmp/*
