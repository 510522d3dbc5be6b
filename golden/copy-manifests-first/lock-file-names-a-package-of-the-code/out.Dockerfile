FROM node:20
WORKDIR /app
COPY package.json package-lock.json right.tgz ./
COPY packed/left.tgz ./packed/
RUN npm ci
COPY . .
