FROM debian:12
COPY . /srv/
copy src/ /srv/src/
COPY --chown=app conf/ /etc/app/
