FROM debian:12
RUN apt-get update && apt-get install -y \
    wget=1 \
    wget=2 \
    curl
