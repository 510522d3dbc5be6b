ARG VARIANT=alpine:3.20
FROM debian:12 AS build
RUN touch /a
FROM ${VARIANT}
COPY . .
