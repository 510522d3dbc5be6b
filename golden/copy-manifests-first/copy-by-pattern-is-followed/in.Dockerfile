FROM node:20
WORKDIR /app
COPY package*.json lib* ./
RUN npm ci
