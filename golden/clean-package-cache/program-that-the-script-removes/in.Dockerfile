FROM example/tools
RUN npm ci && rm -rf /usr/local/lib/node_modules/npm
RUN npm ci && npm uninstall -g npm
RUN npm ci && rm -rf /usr/local/bin/node
RUN php composer.phar install && rm composer.phar
RUN composer install && rm /usr/local/bin/composer
RUN dnf install -y sudo && dnf remove -y dnf
