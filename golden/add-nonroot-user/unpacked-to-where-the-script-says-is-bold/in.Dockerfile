FROM debian:12
COPY solr.tgz /tmp/solr.tgz
RUN base=/opt/solr; tar xzf /tmp/solr.tgz -C $base
WORKDIR /opt/solr
EXPOSE 8983
CMD ["java", "-jar", "start.jar"]
