FROM nginx
COPY . /usr/share/nginx/html
COPY .env /etc/app/.env
