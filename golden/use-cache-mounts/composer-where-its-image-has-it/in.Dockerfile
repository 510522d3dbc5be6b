FROM composer:2 AS one
RUN composer install --no-dev --no-cache

FROM php:8.3 AS two
RUN composer install --no-dev && composer clear-cache
