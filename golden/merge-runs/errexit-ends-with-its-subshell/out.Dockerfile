FROM debian:12
RUN set -e; (false; mkdir /a); mkdir /b; \
    mkdir /c
