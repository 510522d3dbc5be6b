FROM debian:12
RUN apt-get update && \
	apt-get install -y a # one
RUN apt-get install -y b # two
RUN apt-get clean # three