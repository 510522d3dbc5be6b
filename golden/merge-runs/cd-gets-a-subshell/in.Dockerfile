FROM debian:12
RUN cd /etc && ln -s a b
RUN mkdir c
