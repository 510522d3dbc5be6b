FROM node:20
WORKDIR /app
COPY package.json package-lock.json ./
COPY src ./src
COPY public ./public
COPY config.json ./src/
RUN npm ci
RUN npm run build
