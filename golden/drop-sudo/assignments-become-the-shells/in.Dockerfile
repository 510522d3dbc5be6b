FROM debian:12
RUN sudo DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata
