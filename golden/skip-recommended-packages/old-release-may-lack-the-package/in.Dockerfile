FROM ubuntu:16.04
RUN apt-get install -y xvfb
CMD xvfb-run app
