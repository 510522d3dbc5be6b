FROM debian:12
RUN apt reinstall -y tzdata
