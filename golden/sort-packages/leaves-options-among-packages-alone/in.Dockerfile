FROM debian:12
RUN apt-get update && apt-get install -y \
    wget \
    -t bookworm-backports \
    curl
RUN apk add \
    wget \
    --repository https://x.org/ \
    curl
