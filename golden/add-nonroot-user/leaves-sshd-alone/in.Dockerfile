FROM debian:12
WORKDIR /app
COPY . .
CMD ["/usr/sbin/sshd", "-D"]
