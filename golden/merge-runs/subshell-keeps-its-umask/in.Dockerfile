FROM debian:12
RUN (umask 077; mkdir /a)
RUN mkdir /b
