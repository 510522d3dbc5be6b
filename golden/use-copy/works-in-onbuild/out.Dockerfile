FROM debian:12
ONBUILD COPY . /srv/
onbuild copy x.conf /srv/
