FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY . /tmp/build
RUN cd /tmp/build && cc -o crc crc.c
RUN rm -rf /tmp/build
CMD ["/tmp/build/crc"]
