FROM debian:12
RUN ([ -e /a ] && exit 0) \
    && mkdir /b
