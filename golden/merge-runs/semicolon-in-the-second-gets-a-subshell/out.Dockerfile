FROM debian:12
RUN mkdir /c \
    && (mkdir /a; mkdir /b)
