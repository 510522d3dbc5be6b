FROM debian:12
RUN set -ex \
    && mkdir /a \
    # about b
    && mkdir /b \
    && mkdir /b/c
