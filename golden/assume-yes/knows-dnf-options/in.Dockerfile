FROM fedora:41
RUN yum -y install a && dnf install --assumeyes b && dnf --setopt=assumeyes=1 install c
