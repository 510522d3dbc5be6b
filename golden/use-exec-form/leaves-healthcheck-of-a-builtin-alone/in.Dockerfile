FROM debian:12
HEALTHCHECK CMD [ -e /tmp/ready ]
HEALTHCHECK CMD test -e /tmp/ready
