FROM debian:12
# hadolint ignore=DL4000
MAINTAINER Ada
