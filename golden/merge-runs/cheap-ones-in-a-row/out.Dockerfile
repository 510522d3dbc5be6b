FROM debian:12
RUN groupadd app \
    && useradd -g app app \
    && mkdir -p /app /data \
    && chown app /app /data
