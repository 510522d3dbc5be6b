FROM gcc:12
COPY . /tmp/build/
RUN cd /tmp/build && cc -o /usr/local/bin/crc crc.c && rm -f /tmp/build/*.dat
CMD ["crc"]
