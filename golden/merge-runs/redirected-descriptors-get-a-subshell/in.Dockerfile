FROM debian:12
RUN exec 3>/tmp/log && curl -fo /tmp/a.tar https://example.org/a.tar >&3
RUN rm /tmp/a.tar
