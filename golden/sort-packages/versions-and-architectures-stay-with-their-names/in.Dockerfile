FROM debian:12
RUN apt-get update && apt-get install -y \
    nginx=${NGINX_VERSION} \
    libc6:i386 \
    "curl=8.*" \
    curl-dev \
    'zlib1g=1:1.2'
