FROM debian:12
ARG V=1
COPY ./app-${V}.jar target/lib-$V.jar /srv/
