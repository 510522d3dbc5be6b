FROM debian:12
RUN mkdir /a
ONBUILD RUN mkdir /b
RUN mkdir /c
