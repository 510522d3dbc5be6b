FROM debian:12
ARG PACKAGES
COPY . /app
RUN apt-get update && apt-get install -y $PACKAGES
