FROM debian:12
RUN sudo -E -n apt-get update
RUN /usr/bin/sudo -H -- pip install flask
