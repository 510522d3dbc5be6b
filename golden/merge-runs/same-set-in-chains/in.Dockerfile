FROM debian:12
RUN set -ex \
    && mkdir /a
RUN set -ex \
    # about b
    && mkdir /b \
    && mkdir /b/c
