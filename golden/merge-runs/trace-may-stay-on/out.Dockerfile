FROM debian:12
RUN set -x && mkdir /a \
    && mkdir /b
