FROM debian:12
WORKDIR /srv
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app
COPY --chown=app:app qpidd.conf /srv/app/
WORKDIR /srv/app
EXPOSE 5672
USER app
CMD ["qpidd", "--config", "qpidd.conf"]
