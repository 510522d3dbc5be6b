FROM debian:12
COPY one.conf \
    # the other
    two.conf \
    /etc/
