FROM debian:12
# The server runs as this user.
RUN groupadd -r app && useradd -r -g app app
RUN set -eux; \
	mkdir /data; \
	chown app:app /data
