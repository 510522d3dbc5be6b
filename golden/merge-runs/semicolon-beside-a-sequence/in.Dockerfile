FROM debian:12
RUN mkdir /a; mkdir /b
RUN set -e; mkdir /c; mkdir /d
