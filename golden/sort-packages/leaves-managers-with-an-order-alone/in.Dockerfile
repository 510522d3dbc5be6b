FROM node:20
RUN npm install -g \
    yo \
    gulp
RUN gem install \
    rake \
    bundler
RUN docker-php-ext-install \
    sockets \
    event
