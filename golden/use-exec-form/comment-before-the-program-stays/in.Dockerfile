FROM debian:12
CMD exec \
# why
nginx
