FROM debian:12
RUN groupadd --gid 2000 web && useradd --uid 2001 --gid web web
USER web
CMD ["serve"]
