FROM debian:12
RUN apt-get install -s curl && apt-get -y --print-uris install git
