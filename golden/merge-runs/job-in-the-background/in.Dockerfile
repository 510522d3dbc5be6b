FROM debian:12
RUN touch /a & mkdir /b
RUN mkdir /c
