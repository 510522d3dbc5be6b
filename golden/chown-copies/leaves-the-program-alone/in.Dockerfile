FROM node:20
USER node
WORKDIR /app
COPY . .
CMD ["node", "server.js"]
