FROM node:20
USER node
WORKDIR /app
COPY settings.json ./
CMD ["node", "server.js"]
