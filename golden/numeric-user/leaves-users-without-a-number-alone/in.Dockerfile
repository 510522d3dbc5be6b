FROM debian:12
RUN useradd web
USER web
CMD ["serve"]
