FROM debian:12
RUN mkdir /a # TODO remove
RUN mkdir /b
