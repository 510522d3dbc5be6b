FROM debian:12
ONBUILD RUN mkdir /a \
    && mkdir /b
