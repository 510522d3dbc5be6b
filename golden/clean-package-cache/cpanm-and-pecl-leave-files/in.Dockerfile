FROM php:8.3
RUN cpanm A::B
RUN pecl install redis && docker-php-ext-enable redis
RUN sudo cpanm A::B
