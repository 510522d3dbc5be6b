FROM debian:12
RUN set -e; mkdir /a; mkdir /b; \
    mkdir /c
