FROM debian:12
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app
COPY solr.tgz /tmp/solr.tgz
RUN base=/opt/solr; tar xzf /tmp/solr.tgz -C $base
WORKDIR /opt/solr
RUN chown app:app /opt/solr
EXPOSE 8983
USER app
CMD ["java", "-jar", "start.jar"]
