FROM debian:12
RUN set -eux; \
	mkdir /a; \
	touch /a/b; \
	mkdir /c; \
	touch /c/d
