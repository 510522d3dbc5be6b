FROM fedora:41
RUN dnf install -y git && microdnf install x
