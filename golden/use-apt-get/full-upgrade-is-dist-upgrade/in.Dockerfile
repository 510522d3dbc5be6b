FROM debian:12
RUN apt update && apt full-upgrade -y
