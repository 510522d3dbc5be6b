FROM node:20
WORKDIR /srv
COPY . .
RUN export NODE_ENV=production && npm ci && npm run build
