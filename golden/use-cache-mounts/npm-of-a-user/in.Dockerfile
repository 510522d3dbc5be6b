FROM node:20
WORKDIR /app
USER node
COPY --chown=node:node package*.json ./
RUN npm ci --prefer-offline && npm cache clean --force
