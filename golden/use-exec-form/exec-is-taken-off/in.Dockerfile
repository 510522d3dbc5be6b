FROM debian:12
CMD exec nginx -g "daemon off;"
