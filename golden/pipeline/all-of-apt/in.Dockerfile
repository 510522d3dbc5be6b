FROM debian:12
# lists
RUN apt update
# tools
RUN apt install curl git \
    vim
