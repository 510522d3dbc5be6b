FROM debian:12
RUN set -e; mkdir /a # why
RUN set -e; mkdir /b
