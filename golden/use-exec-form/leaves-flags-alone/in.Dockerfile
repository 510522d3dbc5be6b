FROM debian:12
CMD --port 80
