FROM node:20
USER root
RUN apt-get update
USER node
RUN npm ci
USER node
CMD ["node", "server.js"]
