FROM debian:12
RUN useradd scrapy
WORKDIR /srv/spiders
COPY . .
EXPOSE 6800
CMD ["scrapyd", "--user=scrapy"]
