FROM debian:12
# hadolint ignore=DL3005
RUN apt-get update && apt-get -y dist-upgrade
