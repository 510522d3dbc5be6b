FROM debian:12
# above
# inside

# last
CMD c
