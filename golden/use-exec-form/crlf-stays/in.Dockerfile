FROM debian:12
CMD nginx -v \
    -t # why
