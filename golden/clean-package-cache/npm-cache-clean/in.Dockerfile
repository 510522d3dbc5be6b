FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci && npm run build
USER node
RUN cd sub && npm install --omit=dev
