FROM debian:12
RUN mkdir /c
RUN mkdir /a; mkdir /b
