FROM debian:12
# hadolint ignore=DL4003
CMD a
CMD b
