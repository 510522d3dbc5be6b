FROM debian:12
RUN groupadd app
RUN useradd -g app app

RUN mkdir -p /app /data
RUN chown app /app /data
