FROM debian:12
RUN apt-get update && apt-get install -y \
    postfix \
    exim4- \
    g++ \
    bc/bookworm
RUN apt-get update && apt-get install -y \
    g++ \
    libstdc++6 \
    nano/bookworm
