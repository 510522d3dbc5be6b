FROM debian:12
RUN b
CMD c
