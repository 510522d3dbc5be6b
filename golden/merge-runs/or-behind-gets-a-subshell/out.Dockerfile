FROM debian:12
RUN mkdir /a \
    && (useradd app || true) \
    && mkdir /b
