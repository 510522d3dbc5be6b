FROM debian:12
RUN curl -fsSL https://example.com/key | tee /etc/key >/dev/null; \
    if [ -e /a ]; then rm /a; fi; \
    (cd /src && make install)
