FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci && npm run build && npm cache clean --force
USER node
RUN cd sub && npm install --omit=dev && npm cache clean --force
