FROM debian:12
# The server runs as this user.
RUN set -eux; \
	groupadd -r app; \
	useradd -r -g app app; \
	mkdir /data; \
	chown app:app /data
