FROM debian:12
# hadolint ignore=DL3027
RUN apt update
RUN apt update
