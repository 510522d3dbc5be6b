FROM debian:12
RUN mkdir /vol
RUN mkdir /vol/data
VOLUME /vol/data
RUN touch /vol/data/a
RUN mkdir /b
RUN touch /vol/data/c
