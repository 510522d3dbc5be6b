FROM debian:12
RUN set -e; \
    mkdir /a; \
    # About b.
    mkdir /b; \
    # and its mode
    chmod 700 /b; \
    touch /a/x; touch /b/x
