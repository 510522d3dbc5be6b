FROM node:20-slim
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci && npm cache clean --force
CMD ["node", "-e", "1"]
