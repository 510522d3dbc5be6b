FROM debian:12
RUN echo "deb https://example.com x main" > /etc/apt/sources.list.d/x.list
RUN apt-get install -y --no-install-recommends x
