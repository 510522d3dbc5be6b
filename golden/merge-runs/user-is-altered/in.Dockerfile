FROM debian:12
USER app
RUN usermod -u 1001 app
RUN mkdir a
