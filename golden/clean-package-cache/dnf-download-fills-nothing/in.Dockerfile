FROM fedora:41
RUN dnf install -y --downloadonly bash
