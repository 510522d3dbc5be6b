FROM node:lts-slim
WORKDIR /srv
COPY package.json ./
RUN npm install --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["npm", "start"]
