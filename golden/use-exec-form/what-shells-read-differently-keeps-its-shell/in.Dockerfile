FROM debian:12
CMD prog --only={a,b} $'x'
