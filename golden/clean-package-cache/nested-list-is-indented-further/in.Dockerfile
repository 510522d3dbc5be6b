FROM debian:12
RUN a \
    && b
RUN if [ "$DEBUG" = yes ]; then \
        apt-get update && apt-get install -y --no-install-recommends strace; \
    fi
