FROM debian:12
RUN cd /tmp && mkdir a && cd - && mkdir b
RUN mkdir c
