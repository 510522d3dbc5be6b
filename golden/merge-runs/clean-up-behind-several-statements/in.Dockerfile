FROM debian:12
RUN platform=$(uname -m); \
    # the archive
    curl -fo /tmp/a.zip "https://example.org/$platform.zip"; \
    unzip -d /a /tmp/a.zip
RUN rm /tmp/a.zip
