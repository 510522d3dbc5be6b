FROM node:latest
WORKDIR /app
COPY start.sh app.js ./
ENTRYPOINT ["./start.sh"]
