FROM node:20
COPY server.js package.json /app/
