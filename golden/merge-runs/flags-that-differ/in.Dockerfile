FROM debian:12
RUN --mount=type=secret,id=foo mkdir /a
RUN mkdir /b
