FROM php:8.2-apache
RUN apt-get update && apt-get install -y --no-install-recommends git unzip
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY composer.json composer.lock ./
RUN composer install --no-dev
COPY . .
