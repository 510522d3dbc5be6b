FROM debian:12
RUN set -e; mkdir /a; touch /a/b
RUN test -e /c || mkdir /c
RUN mkdir /d
