FROM debian:12
RUN apt-get update && apt-get install -y \
    wget \
    $EXTRA \
    curl
RUN apt-get install -y \
    wget \
    "$(cat list)" \
    curl
RUN apt-get install -y \
    wget=$(cat v) \
    curl
RUN apt-get install -y \
    php-* \
    curl
RUN apt-get install -y \
    lib{x,y} \
    curl
