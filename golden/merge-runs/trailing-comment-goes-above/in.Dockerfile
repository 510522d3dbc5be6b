FROM debian:12
# both
RUN apt-get update              # update the package index
RUN apt-get install -y chromium # install Chromium
# and the fonts
RUN apt-get install -y fonts-noto # all of them
RUN apt-get clean # stays behind
