FROM node:20 AS build
WORKDIR /srv
COPY . .
RUN npm ci && npm run build
