FROM debian:12
RUN apt-get install -y curl git=1:2.39 wget zip bzip2 xz-utils
