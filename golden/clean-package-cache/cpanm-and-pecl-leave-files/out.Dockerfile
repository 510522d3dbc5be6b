FROM php:8.3
RUN cpanm A::B && rm -rf ~/.cpanm
RUN pecl install redis && docker-php-ext-enable redis && rm -rf /tmp/pear
RUN sudo cpanm A::B
