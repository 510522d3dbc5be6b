FROM nginx:1.25
COPY . /usr/share/nginx/html
