FROM debian:12
RUN mkdir /a # why \
  this
RUN mkdir /b
