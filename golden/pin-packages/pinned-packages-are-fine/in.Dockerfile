FROM debian:12
RUN apt-get -y install nodejs=0.10 curl/bookworm=1 && pip install a==1 && apk add c=~1
