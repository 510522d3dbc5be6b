FROM node:20 AS build
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# The bundle.
RUN npm run build
