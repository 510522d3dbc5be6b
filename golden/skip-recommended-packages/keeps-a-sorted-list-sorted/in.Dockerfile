FROM debian:12
RUN apt-get install -y \
    bzip2 \
    curl \
    git
