FROM debian:12
ADD file /usr/src/app/
ADD file.zip b.conf /usr/src/app/
ADD ["a b", "/srv/"]
