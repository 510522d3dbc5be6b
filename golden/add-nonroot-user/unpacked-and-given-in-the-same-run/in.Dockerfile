FROM debian:12
RUN useradd solr
RUN tar xzf /tmp/solr.tgz -C /opt && chown -R solr /opt/solr
WORKDIR /opt/solr
EXPOSE 8983
CMD ["java", "-jar", "start.jar"]
