FROM debian:12
RUN apt-get install -y --no-install-recommends \
    bzip2 \
    ca-certificates \
    curl \
    git \
    openssh-client
