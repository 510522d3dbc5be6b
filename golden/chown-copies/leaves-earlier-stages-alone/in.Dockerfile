FROM node:20 AS build
USER node
WORKDIR /app
COPY . .

FROM node:20
USER node
CMD ["node", "server.js"]
