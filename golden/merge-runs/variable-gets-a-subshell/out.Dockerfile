FROM debian:12
RUN (VERSION=1 && echo $VERSION >/v) \
    && mkdir /b
