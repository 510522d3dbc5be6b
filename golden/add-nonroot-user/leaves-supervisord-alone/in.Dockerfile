FROM debian:12
WORKDIR /app
COPY . .
CMD ["supervisord", "-n"]
