FROM debian:12
RUN groupadd -g 2000 web && useradd -u 2001 -g web web
USER web:web
CMD ["serve"]
