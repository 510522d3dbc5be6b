FROM debian:12
RUN apt-get update && apt-get install -y \
    # build tools
    make \
    gcc \
    # others
    wget \
    curl
