FROM debian:12
RUN foo install
RUN rm -rf /tmp/x && foo
