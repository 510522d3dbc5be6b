FROM debian:12
# one
RUN apt-get update && \
	apt-get install -y a && \
	# two
	apt-get install -y b && \
	apt-get clean # three