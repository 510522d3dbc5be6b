FROM debian:12
RUN apt-get update
RUN pip install flask
