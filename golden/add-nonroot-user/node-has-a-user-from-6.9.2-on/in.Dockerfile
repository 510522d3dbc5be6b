FROM node:6.9.2-slim
WORKDIR /app
COPY . .
EXPOSE 3000
CMD ["node", "server.js"]
