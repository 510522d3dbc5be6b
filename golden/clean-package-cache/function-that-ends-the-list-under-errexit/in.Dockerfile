FROM debian:12
RUN set -e; f() { apt-get install -y a; make; }; apt-get update && f
