FROM debian:12
RUN export A=1
RUN mkdir /a
RUN cd /a
RUN mkdir b
RUN A=1
RUN mkdir /c
RUN umask 077
RUN mkdir /d
