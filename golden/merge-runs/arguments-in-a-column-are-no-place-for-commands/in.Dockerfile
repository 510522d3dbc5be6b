FROM php:8.3-cli
WORKDIR /app
RUN mkdir -p bootstrap/cache \
            storage/logs \
            storage/views
RUN chmod -R 777 storage
