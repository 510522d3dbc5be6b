FROM debian:12
RUN useradd -c -u 123456
RUN useradd -d /l -s -l x
