FROM debian:12
RUN for i in a b; do rm -f /etc/$i; done \
    && sed -i s/x/y/ /etc/fstab
