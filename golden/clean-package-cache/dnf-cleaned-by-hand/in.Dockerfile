FROM fedora:41
RUN dnf install -y curl && rm -rf /var/cache/dnf
RUN yum install -y git && rm -rf /var/cache/yum/*
RUN microdnf install git && rm -rf /var/cache/*
