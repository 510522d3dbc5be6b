FROM gcc:12 AS build
COPY count.c /src/
RUN gcc -O2 -o /src/count /src/count.c

FROM debian:bookworm-slim
COPY --from=build /src/count /usr/local/bin/count
CMD ["count"]
