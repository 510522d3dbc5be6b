FROM debian:12
RUN echo n | (apt-get install a)
