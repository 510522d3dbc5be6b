FROM debian:12
RUN set -e; mkdir /a; test -e /b && mkdir /c
RUN set -e; mkdir /d; mkdir /e
