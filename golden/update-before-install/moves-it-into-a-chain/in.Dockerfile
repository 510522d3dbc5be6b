FROM debian:12
RUN apt-get update
RUN cd /x \
    && apt-get install -y a \
    && make
