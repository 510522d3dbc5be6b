FROM node:20
USER node
WORKDIR /app
COPY seed ./data
CMD ["node", "server.js"]
