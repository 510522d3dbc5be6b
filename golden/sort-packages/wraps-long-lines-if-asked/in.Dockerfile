FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends git curl bzip2 && rm -rf /var/lib/apt/lists/*
RUN apt-get update \
    && apt-get install -y --no-install-recommends make gcc=4:12.* "g++" libc6-dev \
    && rm -rf /var/lib/apt/lists/*
RUN apt-get update && \
    apt-get install -y --no-install-recommends zip unzip && \
    rm -rf /var/lib/apt/lists/*
RUN apt-get install -y a b c
RUN set -ex; apt-get update; apt-get install -y --no-install-recommends vim nano; true
ONBUILD RUN apt-get update && apt-get install -y --no-install-recommends vim nano
RUN <<EOF
apt-get update && apt-get install -y --no-install-recommends xz-utils less
EOF
