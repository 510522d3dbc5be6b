FROM debian:12
RUN mkdir /b \
  || true
RUN mkdir /a
