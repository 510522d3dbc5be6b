FROM php:8.3
WORKDIR /srv
COPY . .
RUN php composer.phar install --no-scripts --no-autoloader
