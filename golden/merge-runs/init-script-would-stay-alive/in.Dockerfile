FROM debian:12
RUN /etc/init.d/mysql start
RUN rm -rf /tmp/a
