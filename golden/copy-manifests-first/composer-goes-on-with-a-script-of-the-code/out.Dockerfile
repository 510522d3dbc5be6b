FROM php:8.3-cli
WORKDIR /srv
COPY api/composer.json api/composer.lock ./api/
RUN cd api && composer install --no-scripts --no-autoloader -n --no-dev -o
COPY . .
RUN cd api && composer dump-autoload --no-interaction --no-dev --optimize \
    && php artisan config:cache
