FROM debian:12
RUN sudo $PROGRAM --install
