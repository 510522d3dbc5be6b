FROM debian:12
RUN set -eu; mkdir /a; mkdir /b
RUN mkdir "/c/$SUFFIX"
