FROM debian:12
RUN apt-get install -y git && git clone https://example.com/x
