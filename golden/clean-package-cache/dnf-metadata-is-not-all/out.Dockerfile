FROM fedora:41
RUN dnf install -y curl && dnf clean metadata && dnf clean all
