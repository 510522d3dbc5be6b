FROM example/tools
RUN composer install && rm -f composer.lock composer-setup.php
RUN composer install && mv vendor/composer.json /srv
RUN dnf install -y sudo && rm -rf /etc/yum.repos.d/extra.repo /var/log/dnf
RUN npm ci && rm -rf .npmrc node_modules/.cache
