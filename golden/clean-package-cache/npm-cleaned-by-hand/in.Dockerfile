FROM node:22
RUN npm ci && rm -rf ~/.npm
RUN npm ci && npm cache clean --force
