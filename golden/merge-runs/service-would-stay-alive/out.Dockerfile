FROM debian:12
RUN mkdir /a \
    && service mysql start && echo a
RUN rm -rf /tmp/a
