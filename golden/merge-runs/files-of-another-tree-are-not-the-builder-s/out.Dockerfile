FROM ubuntu:22.04
COPY chroot /chroot
RUN mkdir -p /chroot/dev/shm \
    && touch /chroot/etc/hosts
