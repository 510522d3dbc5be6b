FROM debian:12
RUN apt-get install -y \
    # for downloads
    curl \
    # for sources
    git
