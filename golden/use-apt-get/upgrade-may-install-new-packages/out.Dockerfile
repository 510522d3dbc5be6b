FROM debian:12
RUN apt-get update && apt-get upgrade --with-new-pkgs -y
