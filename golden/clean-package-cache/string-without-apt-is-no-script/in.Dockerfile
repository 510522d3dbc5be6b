FROM debian:12
RUN apt-get update && apt-get install -y a
RUN sh -c "echo deb x > /etc/apt/sources.list.d/x.list"
