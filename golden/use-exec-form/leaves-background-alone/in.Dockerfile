FROM debian:12
CMD serve &
