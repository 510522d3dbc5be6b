FROM node:20
USER 1000
CMD ["node", "server.js"]
