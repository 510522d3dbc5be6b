FROM debian:12
RUN curl -o /usr/local/bin/gosu https://example.org/gosu \
    && chmod +x /usr/local/bin/gosu
