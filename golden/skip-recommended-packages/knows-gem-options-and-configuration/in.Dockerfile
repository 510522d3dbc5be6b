FROM debian:12
RUN gem install -N a && gem install --no-document b
RUN echo "gem: --no-document" > /etc/gemrc
RUN gem install c
