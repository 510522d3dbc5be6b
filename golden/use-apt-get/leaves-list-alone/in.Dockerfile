FROM debian:12
RUN apt list --installed | grep -q curl
