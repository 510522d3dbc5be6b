FROM node:20
USER node:1000
CMD ["node", "server.js"]
