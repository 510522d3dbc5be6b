FROM debian:12
ADD . /srv/
add src/ /srv/src/
ADD --chown=app conf/ /etc/app/
