FROM debian:12
# lists
RUN apt-get update -qq

ENV X=y
WORKDIR /x

# tools
RUN apt-get install -y \
    a \
    b
