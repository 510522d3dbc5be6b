FROM debian:12
MAINTAINER Ada \
# of London
  Lovelace
