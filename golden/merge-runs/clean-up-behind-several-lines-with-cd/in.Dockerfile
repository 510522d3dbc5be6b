FROM debian:12
RUN curl -fO https://example.org/gcc.tar.xz \
    && tar xf gcc.tar.xz \
    && cd gcc \
    && ./configure \
    && make install
RUN rm -rf gcc gcc.tar.xz
