FROM debian:12
RUN apt-get update && apt-get install -y curl; \
    if [ -n "$SMALL" ]; then rm -rf /var/lib/apt/lists/*; fi
