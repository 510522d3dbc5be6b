FROM nginx
COPY . /usr/share/nginx/html
COPY certs/*.pem /etc/ssl/
