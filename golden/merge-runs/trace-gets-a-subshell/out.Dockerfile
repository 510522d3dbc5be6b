FROM debian:12
RUN (set -x && mkdir /a) \
    && ls /a 2>/a/errors
