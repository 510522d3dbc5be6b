FROM debian:12
RUN apt-get update && apt-get install -y \
    curl \
    Xvfb \
    zip
RUN apt-get install -y \
    libfoo2 \
    libfoo-dev \
    zip
RUN apt-get install -y \
    a-dev \
    a=1
