FROM debian:12
# hadolint ignore=DL3020
ADD . /srv/
