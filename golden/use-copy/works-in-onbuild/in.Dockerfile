FROM debian:12
ONBUILD ADD . /srv/
onbuild add x.conf /srv/
