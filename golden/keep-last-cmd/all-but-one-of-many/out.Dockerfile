FROM debian:12
CMD d
