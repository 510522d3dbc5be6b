FROM debian:12
RUN mkdir /a
# ---- tools ----

RUN mkdir /b
