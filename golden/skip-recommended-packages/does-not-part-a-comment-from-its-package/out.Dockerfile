FROM debian:12
RUN apt-get install -y --no-install-recommends \
    # for downloads
    curl \
    ca-certificates \
    # for sources
    git \
    openssh-client
