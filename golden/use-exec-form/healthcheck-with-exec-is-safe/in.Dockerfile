FROM debian:12
HEALTHCHECK CMD exec /usr/bin/probe 'a b'
