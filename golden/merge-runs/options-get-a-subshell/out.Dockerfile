FROM debian:12
RUN (set -f && mkdir /a) \
    && mkdir /b
