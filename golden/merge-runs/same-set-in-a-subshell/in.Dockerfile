FROM debian:12
RUN set -e && cd /opt && mkdir a
RUN set -e && mkdir /b
