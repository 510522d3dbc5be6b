FROM debian:12
RUN (echo ${A:=1}) \
    && mkdir /b
