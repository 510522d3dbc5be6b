FROM debian:12
RUN mkdir /a
RUN useradd app || true
RUN mkdir /b
