# Who to blame
FROM DEBIAN
LABEL org.opencontainers.image.authors="Lukas"
RUN true
