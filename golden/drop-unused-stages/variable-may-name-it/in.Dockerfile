ARG VARIANT
FROM debian:12 AS build
RUN touch /a
FROM ${VARIANT}
COPY . .
