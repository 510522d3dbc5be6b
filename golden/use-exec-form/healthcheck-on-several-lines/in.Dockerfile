FROM debian:12
healthcheck --interval=5m cmd \
    curl \
    # quietly
    --silent --fail \
    http://localhost/ # ready
