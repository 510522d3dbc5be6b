FROM node:22
RUN npm ci
RUN npm install --prefer-offline x && npm cache clean --force
