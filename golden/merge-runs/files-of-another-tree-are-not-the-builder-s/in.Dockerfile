FROM ubuntu:22.04
COPY chroot /chroot
RUN mkdir -p /chroot/dev/shm
RUN touch /chroot/etc/hosts
