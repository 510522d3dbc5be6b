FROM debian:12
ADD app* /srv/
ADD *.tgz* /srv/
ADD dist/* /srv/
ADD rel-[0-9] /srv/
