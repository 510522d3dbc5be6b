FROM debian:12
RUN (curl -fO https://example.org/gcc.tar.xz \
    && tar xf gcc.tar.xz \
    && cd gcc \
    && ./configure \
    && make install) \
    && rm -rf gcc gcc.tar.xz
