FROM debian:12
RUN mkdir /a \
    && mkdir /b && exec chmod 700 /b
RUN mkdir /c
