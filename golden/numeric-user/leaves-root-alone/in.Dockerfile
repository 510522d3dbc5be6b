FROM node:20
USER root
CMD ["node", "server.js"]
