FROM debian:12
RUN apt-get update; apt-get install -y a; [ $? -eq 0 ] || exit 1
