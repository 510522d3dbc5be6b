FROM debian:12
HEALTHCHECK CMD ["/usr/bin/probe", "a b"]
