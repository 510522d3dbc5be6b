FROM debian:12
ENV PKGS="curl git"
RUN tools="less" && apt-get install -y $PKGS ${tools}
