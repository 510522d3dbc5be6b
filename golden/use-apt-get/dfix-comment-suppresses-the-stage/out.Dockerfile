FROM debian:12
# dfix stage ignore=use-apt-get;reason=we like it
RUN apt update
RUN apt update
FROM debian:12
RUN apt-get update
