FROM debian:12
SHELL ["/bin/sh", "-ec"]
RUN mkdir /a; mkdir /b
RUN mkdir /c
