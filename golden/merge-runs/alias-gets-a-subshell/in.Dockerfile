FROM debian:12
RUN alias ll=ls && mkdir /a
RUN mkdir /b
