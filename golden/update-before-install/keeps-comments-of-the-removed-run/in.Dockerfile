FROM debian:12
# above
RUN \
    # inside
    apt-get update
# tools
RUN apt-get install -y a
