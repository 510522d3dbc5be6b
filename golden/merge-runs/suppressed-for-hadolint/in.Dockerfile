FROM debian:12
RUN mkdir /a
# hadolint ignore=DL3059
RUN mkdir /b
