FROM node:4.2.3
WORKDIR /app
COPY . .
EXPOSE 3000
CMD ["node", "server.js"]
