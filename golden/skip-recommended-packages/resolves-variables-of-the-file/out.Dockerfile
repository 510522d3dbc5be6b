FROM debian:12
ENV PKGS="curl git"
RUN tools="less" && apt-get install -y --no-install-recommends $PKGS ${tools} ca-certificates openssh-client
