FROM debian:12
RUN curl -fsSL https://example.com/key | sudo tee /etc/key >/dev/null; \
    if [ -e /a ]; then sudo rm /a; fi; \
    (cd /src && sudo make install)
