FROM debian:12
RUN mkdir /a
FROM debian:12
RUN mkdir /b
