FROM debian:12
WORKDIR /app
COPY . .
CMD ["cron", "-f"]
