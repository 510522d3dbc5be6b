FROM debian:12
RUN (trap 'echo bye' EXIT && mkdir /a) \
    && mkdir /b
