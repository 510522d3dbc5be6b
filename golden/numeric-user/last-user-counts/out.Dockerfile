FROM node:20
USER root
RUN apt-get update
USER node
RUN npm ci
USER 1000
CMD ["node", "server.js"]
