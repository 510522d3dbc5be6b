FROM debian:12
COPY file /usr/src/app/
COPY file.zip b.conf /usr/src/app/
COPY ["a b", "/srv/"]
