FROM debian:12
# why
CMD b
