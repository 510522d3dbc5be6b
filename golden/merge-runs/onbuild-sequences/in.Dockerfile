FROM debian:12
ONBUILD RUN set -e; mkdir /a; mkdir /b
ONBUILD RUN mkdir /c
