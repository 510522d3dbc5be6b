FROM composer:2 AS one
RUN --mount=type=cache,target=/tmp/cache \
    composer install --no-dev

FROM php:8.3 AS two
RUN composer install --no-dev && composer clear-cache
