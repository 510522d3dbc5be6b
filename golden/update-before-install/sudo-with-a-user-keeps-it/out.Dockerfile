FROM debian:12
RUN sudo -u root apt-get update && sudo -u root apt-get install -y a
