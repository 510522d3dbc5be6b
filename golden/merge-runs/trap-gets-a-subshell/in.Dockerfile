FROM debian:12
RUN trap 'echo bye' EXIT && mkdir /a
RUN mkdir /b
