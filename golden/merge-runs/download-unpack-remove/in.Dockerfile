FROM debian:12
RUN curl -fsSLO https://example.org/tool-1.2.tar.gz
RUN tar -xzf tool-1.2.tar.gz -C /opt
RUN rm tool-1.2.tar.gz
