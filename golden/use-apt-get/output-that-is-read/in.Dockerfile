FROM debian:12
RUN apt update 2>&1 | grep -q upgraded
