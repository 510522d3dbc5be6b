FROM debian:12
CMD ["/bin/sh", "-c", "exec prog --only={a,b} $'x'"]
