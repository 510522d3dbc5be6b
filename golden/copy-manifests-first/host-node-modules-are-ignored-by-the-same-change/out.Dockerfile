FROM node:20
WORKDIR /srv
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
