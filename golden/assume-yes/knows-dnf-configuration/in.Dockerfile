FROM fedora:41
RUN echo assumeyes=1 >> /etc/dnf/dnf.conf
RUN dnf install a
