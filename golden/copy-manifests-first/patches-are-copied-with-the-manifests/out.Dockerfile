FROM node:20
WORKDIR /srv
COPY package.json package-lock.json ./
COPY patches ./patches/
RUN npm ci
COPY . .
