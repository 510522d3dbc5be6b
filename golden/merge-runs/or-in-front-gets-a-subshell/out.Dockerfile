FROM debian:12
RUN (useradd app || true) \
    && mkdir /a
