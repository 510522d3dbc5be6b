FROM debian:12
CMD a
RUN b
CMD c
