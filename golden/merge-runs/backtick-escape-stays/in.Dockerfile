# escape=`
FROM debian:12
SHELL ["/bin/sh", "-c"]
RUN mkdir /a
RUN mkdir /b `
    /c
