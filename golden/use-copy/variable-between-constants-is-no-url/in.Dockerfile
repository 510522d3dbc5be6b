FROM debian:12
ARG V=1
ADD ./app-${V}.jar target/lib-$V.jar /srv/
