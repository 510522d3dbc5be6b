FROM debian:12
ARG SRC
ADD ${SRC} /srv/
ADD app/$SRC /srv/
ADD https://${SRC}/a.txt /srv/
