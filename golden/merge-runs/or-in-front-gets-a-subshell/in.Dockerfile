FROM debian:12
RUN useradd app || true
RUN mkdir /a
