FROM debian:12 AS base
ONBUILD RUN apt-get update && apt-get install -y a
FROM scratch
RUN x
