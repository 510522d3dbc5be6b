FROM composer:2
WORKDIR /srv
COPY . .
RUN ./configure
RUN composer install
