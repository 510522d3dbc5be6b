FROM debian:12
RUN apt-get install \
    # http
    curl \
    git
