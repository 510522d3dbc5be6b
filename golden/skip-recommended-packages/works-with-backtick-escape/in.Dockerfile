# escape=`
FROM debian:12
SHELL ["/bin/sh", "-c"]
RUN apt-get install -y `
    curl `
    git
