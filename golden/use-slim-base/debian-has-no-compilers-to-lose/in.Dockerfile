FROM debian:12 AS app
RUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*
CMD ["sh", "-c", "exec nginx"]
