FROM gcc:12-bookworm
COPY main.c /src/
RUN gcc -static -o /usr/local/bin/app /src/main.c
ENTRYPOINT ["app"]
USER www-data
