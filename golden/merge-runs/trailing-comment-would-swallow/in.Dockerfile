FROM debian:12
RUN mkdir /a # why
RUN mkdir /b
