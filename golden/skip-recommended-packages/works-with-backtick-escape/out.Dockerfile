# escape=`
FROM debian:12
SHELL ["/bin/sh", "-c"]
RUN apt-get install -y --no-install-recommends `
    ca-certificates `
    curl `
    git `
    openssh-client
