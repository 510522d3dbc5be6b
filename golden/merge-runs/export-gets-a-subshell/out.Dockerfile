FROM debian:12
RUN (export A=1 && mkdir /a) \
    && mkdir /b
