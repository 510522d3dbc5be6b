FROM public.ecr.aws/docker/library/gcc:12 AS build
WORKDIR /src
COPY main.c .
RUN gcc -O2 -o /usr/local/bin/count main.c

FROM public.ecr.aws/docker/library/debian:bookworm-slim
WORKDIR /src
COPY --from=build /usr/local/bin/count /usr/local/bin/count
CMD ["count"]
