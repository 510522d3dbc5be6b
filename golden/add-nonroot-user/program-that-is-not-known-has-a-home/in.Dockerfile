FROM debian:12
WORKDIR /srv
COPY qpidd.conf /srv/app/
WORKDIR /srv/app
EXPOSE 5672
CMD ["qpidd", "--config", "qpidd.conf"]
