FROM debian:12
RUN mkdir /a \
    # about b
    && mkdir /b
RUN \
    # about c
    mkdir /c \
    # about d
    && mkdir /d
