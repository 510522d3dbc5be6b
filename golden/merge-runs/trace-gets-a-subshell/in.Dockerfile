FROM debian:12
RUN set -x && mkdir /a
RUN ls /a 2>/a/errors
