FROM debian:12
RUN sudo() { "$@"; }; sudo ls
