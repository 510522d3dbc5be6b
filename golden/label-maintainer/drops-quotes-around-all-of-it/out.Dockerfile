FROM debian:12
LABEL org.opencontainers.image.authors="Ada <ada@example.org>"
FROM debian:12
label org.opencontainers.image.authors="Bob"
