FROM alpine:3.20 AS deps

RUN touch /a

RUN touch /b

FROM debian:12

COPY . .
