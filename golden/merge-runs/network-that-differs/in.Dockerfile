FROM debian:12
RUN --network=none mkdir /a
RUN mkdir /b
