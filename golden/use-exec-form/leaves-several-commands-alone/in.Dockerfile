FROM debian:12
CMD service cron start; serve
