ARG VERSION=3.20
ARG REGISTRY
FROM debian:12 AS build
RUN touch /a
FROM ${REGISTRY}/team/alpine:${VERSION}
COPY . .
