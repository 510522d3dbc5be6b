FROM debian:12
RUN xargs apt-get install -y <list
RUN apt-get install -y \
    curl
RUN apt-get remove -y \
    b \
    a
RUN dnf swap -y \
    coreutils-single \
    coreutils
