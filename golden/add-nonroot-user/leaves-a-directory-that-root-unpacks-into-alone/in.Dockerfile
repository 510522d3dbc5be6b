FROM debian:12
RUN mkdir -p /opt/solr
COPY solr.tgz /tmp/solr.tgz
RUN tar xzf /tmp/solr.tgz -C /opt
WORKDIR /opt/solr
EXPOSE 8983
CMD ["java", "-jar", "start.jar"]
