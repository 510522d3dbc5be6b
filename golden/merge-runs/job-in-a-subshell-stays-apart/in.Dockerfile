FROM debian:12
RUN (touch /log &) && mkdir /a
RUN mkdir /b
RUN mkdir /c &> /log
RUN mkdir /d
