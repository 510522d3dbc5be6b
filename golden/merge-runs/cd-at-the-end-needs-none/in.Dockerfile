FROM debian:12
RUN mkdir /a
RUN cd /etc && ln -s a b
