FROM debian:12
RUN [ -e /a ] && exit 0
RUN mkdir /b
