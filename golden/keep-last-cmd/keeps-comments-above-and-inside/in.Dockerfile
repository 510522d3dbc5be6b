FROM debian:12
# above
CMD a \
  # inside
  b

# last
CMD c
