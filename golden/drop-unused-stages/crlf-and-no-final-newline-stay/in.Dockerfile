FROM debian:12 AS build
RUN touch /a
FROM alpine:3.20
COPY . .