FROM debian:12
RUN apt-get update && apt-get install -y \
    # for the wheels
    # of cffi
    libffi-dev \
    # for git+https
    git \
    # for everything
    build-essential
