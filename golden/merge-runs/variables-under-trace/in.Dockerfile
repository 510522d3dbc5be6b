FROM debian:12
RUN echo "$TOKEN" >/token
RUN set -ex; mkdir /a; mkdir /b
