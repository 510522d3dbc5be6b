FROM debian:12
RUN apt-get update && apt-get install -y \
    # for everything
    build-essential \
    # for git+https
    git \
    # for the wheels
    # of cffi
    libffi-dev
