FROM debian:12
COPY . /usr/local/
RUN apt-get update && apt-get install -y curl
