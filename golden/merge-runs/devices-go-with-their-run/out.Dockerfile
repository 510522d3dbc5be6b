FROM debian:12
RUN mkdir /dev/net
RUN mkdir /a \
    && echo a >/dev/shm/b
RUN mkdir /c
