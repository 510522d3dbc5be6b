FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN groupadd -r app && useradd -r -g app app
WORKDIR /srv/app
COPY --chown=app:app . .
RUN gcc -o server main.c
USER app
CMD ["./server"]
