FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY crc.c /src/
RUN cc -o /usr/local/bin/crc /src/crc.c && apt-get purge -y gcc perl-base
CMD ["crc"]
