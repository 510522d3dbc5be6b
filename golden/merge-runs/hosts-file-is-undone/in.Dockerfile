FROM debian:12
RUN echo 127.0.0.1 x >>/etc/hosts
RUN mkdir /a
