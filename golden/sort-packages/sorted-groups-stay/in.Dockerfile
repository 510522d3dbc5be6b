FROM debian:12
RUN apt-get update && apt-get install -y \
    # build tools
    gcc \
    make \
    # others
    curl \
    wget
