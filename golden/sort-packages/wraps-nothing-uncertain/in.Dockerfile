FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends git $MORE curl bzip2
RUN apt-get update && apt-get install -y git --no-install-recommends curl bzip2 make
RUN apt-get update && apt-get install -y --no-install-recommends git curl make # tools
RUN apt-get update && apt-get install -y --no-install-recommends git \
    curl make
RUN npm install --global --no-audit --no-fund typescript prettier eslint webpack
