FROM debian:12
RUN dpkg -i x.deb || apt-get install -f -y
