FROM debian:12
WORKDIR /app
COPY . .
CMD ["/sbin/init"]
