FROM debian:12
RUN apt-get update && apt-get install -y nginx
RUN ln -sf /dev/stdout /var/log/nginx.log
