FROM debian:12
RUN mkdir /c
RUN touch /a &
