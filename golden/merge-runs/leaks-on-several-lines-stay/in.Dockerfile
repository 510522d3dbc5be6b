FROM debian:12
RUN export A=1 \
    && mkdir /a
RUN umask 077 \
    && mkdir /b
RUN trap 'echo bye' EXIT \
    && mkdir /c
RUN set -f \
    && mkdir /d
RUN alias ll=ls \
    && mkdir /e
RUN shift $# \
    && mkdir /f
RUN test -e /g \
    || exit 0
RUN I=1 \
    && mkdir "/i$I"
RUN mkdir /j
