FROM debian:12
RUN apt-get update && apt-get install -y \
    "curl=8.*" \
    curl-dev \
    libc6:i386 \
    nginx=${NGINX_VERSION} \
    'zlib1g=1:1.2'
