FROM node:20
WORKDIR /home/app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
