FROM fedora:41
RUN dnf install --setopt=install_weak_deps=False -y git && microdnf install --setopt=install_weak_deps=0 x
