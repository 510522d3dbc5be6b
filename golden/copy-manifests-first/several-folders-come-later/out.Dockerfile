FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY src ./src
COPY public ./public
COPY config.json ./src/
RUN npm run build
