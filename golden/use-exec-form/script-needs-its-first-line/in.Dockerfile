FROM debian:12
CMD exec ./start.sh
