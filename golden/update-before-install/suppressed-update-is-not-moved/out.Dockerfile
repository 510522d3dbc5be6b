FROM debian:12
# dfix ignore=update-before-install
RUN apt-get update
RUN apt-get update && apt-get install -y a
