FROM debian:12
RUN set -eux; \
	mkdir /a; \
	touch /a/b
RUN set -eux; \
	mkdir /c; \
	touch /c/d
