FROM debian:12
ARG ID=2000
RUN useradd -u $ID web
USER web
CMD ["serve"]
