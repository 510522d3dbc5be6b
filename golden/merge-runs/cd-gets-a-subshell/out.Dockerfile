FROM debian:12
RUN (cd /etc && ln -s a b) \
    && mkdir c
