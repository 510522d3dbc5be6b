FROM debian:12
ENV SOLR_HOME=/opt/solr
ADD solr.conf /etc/solr.conf
RUN mkdir -p $SOLR_HOME && tar xzf /tmp/solr.tgz -C "$SOLR_HOME" --strip-components=1
WORKDIR $SOLR_HOME
EXPOSE 8983
CMD ["java", "-jar", "start.jar"]
