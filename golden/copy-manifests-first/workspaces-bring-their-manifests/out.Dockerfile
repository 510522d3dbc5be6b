FROM node:20
WORKDIR /srv
COPY package.json package-lock.json ./
COPY packages/a/package.json ./packages/a/
COPY packages/b/package.json ./packages/b/
RUN npm ci
COPY . .
