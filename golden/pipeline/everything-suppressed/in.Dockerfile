# dfix global ignore=all
FROM debian:12
RUN apt update && apt install less
