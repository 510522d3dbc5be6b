FROM alpine:3.20
RUN wget https://x.org/a
FROM python:3.12-alpine
RUN wget https://x.org/a
FROM example.org/what
RUN wget https://x.org/a
FROM busybox
RUN busybox wget https://x.org/a
