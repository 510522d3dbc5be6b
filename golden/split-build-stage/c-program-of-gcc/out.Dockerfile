FROM gcc:13 AS build
WORKDIR /usr/src/app
COPY . .
RUN gcc -O2 -o server main.c util.c -lm

FROM debian:bookworm-slim
WORKDIR /usr/src/app
COPY --from=build /usr/src/app/server /usr/src/app/server
COPY --from=build /usr/src/app/www /usr/src/app/www
EXPOSE 8080
CMD ["./server", "--root", "www"]
