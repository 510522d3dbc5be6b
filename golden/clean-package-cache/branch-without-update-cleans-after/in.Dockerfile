FROM debian:12
RUN apt-get update; if [ -n "$X" ]; then apt-get install -y a; fi
