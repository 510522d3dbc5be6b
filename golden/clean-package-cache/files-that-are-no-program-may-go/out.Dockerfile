FROM example/tools
RUN composer install && rm -f composer.lock composer-setup.php \
    && composer clear-cache
RUN composer install && mv vendor/composer.json /srv && composer clear-cache
RUN dnf install -y sudo && rm -rf /etc/yum.repos.d/extra.repo /var/log/dnf \
    && dnf clean all
RUN npm ci && rm -rf .npmrc node_modules/.cache && npm cache clean --force
