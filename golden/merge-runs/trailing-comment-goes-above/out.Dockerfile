FROM debian:12
# both
# update the package index
RUN apt-get update \
    # install Chromium
    && apt-get install -y chromium \
    # and the fonts
    # all of them
    && apt-get install -y fonts-noto \
    && apt-get clean # stays behind
