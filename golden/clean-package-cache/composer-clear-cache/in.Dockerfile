FROM php:8.3
RUN composer install --no-dev && php /usr/bin/composer.phar global require x
