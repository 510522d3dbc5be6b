FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN groupadd -r app && useradd -r -g app app
WORKDIR /srv/app
COPY --chown=app:app . .
RUN gcc -o server main.c

FROM debian:bookworm
RUN groupadd -r app && useradd -r -g app app
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/app
COPY --from=build /srv/app/server /srv/app/server
USER app
CMD ["./server"]
