FROM debian:12
LABEL org.opencontainers.image.authors="Ada \"the first\" \$L <a\\b@c>"
