FROM debian:12
ARG VERSION=1.2
RUN wget https://example.org/sdk-${VERSION}-linux.tar.gz \
    && tar xzf sdk-${VERSION}-linux.tar.gz -C / \
    && rm sdk-${VERSION}-linux.tar.gz
