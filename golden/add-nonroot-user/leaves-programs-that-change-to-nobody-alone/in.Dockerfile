FROM debian:12
WORKDIR /srv/site
COPY . .
EXPOSE 8080
CMD ["mini_httpd", "-D", "-p", "8080", "-u", "www-data"]
