FROM node:20
USER node
WORKDIR /app
COPY --chown=node . .
CMD ["node", "server.js"]
