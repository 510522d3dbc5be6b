FROM debian:12
RUN VERSION=1 && echo $VERSION >/v
RUN mkdir /b
