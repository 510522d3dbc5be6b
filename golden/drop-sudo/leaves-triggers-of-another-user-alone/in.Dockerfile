FROM debian:12
ONBUILD RUN sudo apt-get update
RUN useradd app
USER app
