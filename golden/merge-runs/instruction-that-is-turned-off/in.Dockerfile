FROM debian:12
RUN mkdir /a
# Use the production configuration:
# RUN mv /etc/php.ini-production /etc/php.ini
RUN mkdir /b
