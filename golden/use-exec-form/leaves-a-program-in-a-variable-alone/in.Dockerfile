FROM debian:12
CMD $PROGRAM --port 80
