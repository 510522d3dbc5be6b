FROM debian:12
COPY setup.sh /
RUN apt-get update && apt-get install -y curl
RUN sh /setup.sh
