FROM debian:12
RUN mkdir /a \
    && cd /etc && ln -s a b
