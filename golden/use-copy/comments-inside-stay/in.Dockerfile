FROM debian:12
ADD one.conf \
    # the other
    two.conf \
    /etc/
