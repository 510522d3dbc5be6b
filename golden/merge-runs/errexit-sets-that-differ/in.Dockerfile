FROM debian:12
RUN set -e; mkdir /a; mkdir /b
RUN set -eux; mkdir /c; mkdir /d
