FROM debian:12
CMD echo "a\tb"
