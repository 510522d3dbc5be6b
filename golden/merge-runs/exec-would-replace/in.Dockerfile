FROM debian:12
RUN exec mkdir /a
RUN mkdir /b
