FROM debian:12
ARG VERSION=1.2
RUN wget https://example.org/sdk-${VERSION}-linux.tar.gz
RUN tar xzf sdk-${VERSION}-linux.tar.gz -C /
RUN rm sdk-${VERSION}-linux.tar.gz
