FROM composer:2
WORKDIR /srv
COPY . .
RUN composer install --no-dev
