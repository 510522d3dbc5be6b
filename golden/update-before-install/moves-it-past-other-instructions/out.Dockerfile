FROM debian:12
# lists

ENV X=y
WORKDIR /x

# tools
RUN apt-get update -qq && apt-get install -y \
    a \
    b
