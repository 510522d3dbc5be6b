FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends \
    bzip2 \
    curl \
    git \
    && rm -rf /var/lib/apt/lists/*
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        "g++" \
        gcc=4:12.* \
        libc6-dev \
        make \
    && rm -rf /var/lib/apt/lists/*
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
        unzip \
        zip && \
    rm -rf /var/lib/apt/lists/*
RUN apt-get install -y a b c
RUN set -ex; apt-get update; apt-get install -y --no-install-recommends \
    nano \
    vim; true
ONBUILD RUN apt-get update && apt-get install -y --no-install-recommends \
    nano \
    vim
RUN <<EOF
apt-get update && apt-get install -y --no-install-recommends \
    less \
    xz-utils
EOF
