FROM node:20
USER node:docker
CMD ["node", "server.js"]
