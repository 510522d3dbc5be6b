FROM php:8.3-cli
WORKDIR /app
RUN mkdir -p bootstrap/cache \
            storage/logs \
            storage/views \
    && chmod -R 777 storage
