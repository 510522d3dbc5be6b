FROM php:8.3-cli
WORKDIR /srv
COPY . .
RUN cd api && composer install -n --no-dev -o \
    && php artisan config:cache
