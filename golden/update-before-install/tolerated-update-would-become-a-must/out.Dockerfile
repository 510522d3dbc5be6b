FROM debian:12
RUN apt-get update || true
RUN apt-get update && apt-get install -y a
