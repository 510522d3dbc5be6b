FROM debian:12
HEALTHCHECK --interval=5s CMD b
