FROM debian:12
RUN mkdir /a \
    && mkdir /b
RUN mkdir /c \
    && mkdir /d
RUN mkdir /e
