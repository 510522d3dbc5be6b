FROM debian:12
RUN apt update && apt install -y curl \
    && apt purge -y --auto-remove gcc && apt clean
