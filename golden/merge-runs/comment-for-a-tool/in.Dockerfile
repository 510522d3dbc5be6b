FROM debian:12
RUN mkdir /a
# hadolint ignore=SC2086
RUN mkdir /b
