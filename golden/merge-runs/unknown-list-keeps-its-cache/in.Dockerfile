FROM debian:12
RUN foo && bar
RUN foobar
