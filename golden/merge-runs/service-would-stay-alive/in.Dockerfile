FROM debian:12
RUN mkdir /a
RUN service mysql start && echo a
RUN rm -rf /tmp/a
