FROM debian:12
RUN f() { mkdir "$1"; } && f /a
RUN mkdir /b
