FROM debian:12
RUN set -e; cd /a; mkdir b
RUN set -e; mkdir /d; mkdir /e
