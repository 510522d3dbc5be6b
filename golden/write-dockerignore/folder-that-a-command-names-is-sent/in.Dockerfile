FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && cp node_modules/x/y.js public/
