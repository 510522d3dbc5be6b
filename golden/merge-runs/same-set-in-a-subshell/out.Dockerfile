FROM debian:12
RUN (set -e && cd /opt && mkdir a) \
    && set -e && mkdir /b
