FROM debian:12 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
COPY . /tmp/build
RUN (cd /tmp/build && cc -O2 -o /usr/local/bin/crc crc.c -lz) \
    # make the image smaller
    && apt-get purge -y gcc libc6-dev zlib1g-dev \
    && apt-get autoremove -y
RUN rm -rf /tmp/build

FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 zlib1g && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/crc /usr/local/bin/crc
ENTRYPOINT ["crc"]
