LABEL org.opencontainers.image.authors="Lukas"
