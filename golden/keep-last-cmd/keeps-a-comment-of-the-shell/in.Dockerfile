FROM debian:12
CMD a # why
CMD b
