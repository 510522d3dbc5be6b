FROM gcc:12 AS build
WORKDIR /src
COPY . .
RUN (cd tools && cc -o gen gen.c) && cc -o serve serve.c

FROM debian:bookworm-slim
WORKDIR /src
COPY --from=build /src /src
CMD ["/src/serve"]
