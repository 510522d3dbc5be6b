FROM debian:12
RUN mkdir /a
RUN mkdir /b && exec chmod 700 /b
RUN mkdir /c
