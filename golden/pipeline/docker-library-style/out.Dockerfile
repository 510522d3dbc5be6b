FROM debian:12
RUN set -eux; \
	apt-get update; \
	apt-get install -y --no-install-recommends \
		bzip2 \
		ca-certificates \
		curl \
	; \
	rm -rf /var/lib/apt/lists/*; \
	make
