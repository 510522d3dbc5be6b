FROM debian:12
RUN apt-get install -y --no-install-recommends \
    # for downloads
    curl \
    # for sources
    git \
    ca-certificates
