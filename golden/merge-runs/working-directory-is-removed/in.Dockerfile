FROM debian:12
WORKDIR /src/app
RUN rm -rf /src
RUN mkdir a
