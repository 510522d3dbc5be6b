FROM node:20
USER node
CMD ["node", "server.js"]
