FROM debian:12
MAINTAINER Ada \
  Lovelace
