FROM debian:12
HEALTHCHECK --interval=30s --timeout=3s \
  # the server's own port
  CMD curl -f http://localhost/
