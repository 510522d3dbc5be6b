FROM fedora:41
RUN dnf install -y --setopt=install_weak_deps=False a && dnf --setopt install_weak_deps=0 in b
