FROM debian:12
CMD exec prog $PORT
