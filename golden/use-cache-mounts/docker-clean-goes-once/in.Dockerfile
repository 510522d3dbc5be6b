FROM debian:12 AS base
RUN apt-get update && apt-get install -y curl
RUN apt-get update && apt-get install -y git

FROM base AS one
RUN apt-get update && apt-get install -y make

FROM debian:12
RUN apt-get update && apt-get install -y wget
