FROM debian:12
RUN bash -c "apt-get install -y curl"
