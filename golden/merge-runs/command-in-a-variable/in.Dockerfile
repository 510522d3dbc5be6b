FROM debian:12
RUN $SETUP && curl -fo /tmp/a.tar https://example.org/a.tar
RUN rm /tmp/a.tar
