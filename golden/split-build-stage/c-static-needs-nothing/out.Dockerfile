FROM gcc:12-bookworm AS build
COPY main.c /src/
RUN gcc -static -o /usr/local/bin/app /src/main.c

FROM gcr.io/distroless/static-debian12
COPY --from=build /usr/local/bin/app /usr/local/bin/app
ENTRYPOINT ["app"]
