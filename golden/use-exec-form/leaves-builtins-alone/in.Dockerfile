FROM debian:12
CMD cd /app
