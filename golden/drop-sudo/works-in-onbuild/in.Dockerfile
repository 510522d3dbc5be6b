FROM debian:12
ONBUILD RUN sudo apt-get update
