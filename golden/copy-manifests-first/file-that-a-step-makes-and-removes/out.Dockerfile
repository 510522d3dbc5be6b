FROM node:20
WORKDIR /app
ARG TOKEN
COPY package.json package-lock.json ./
RUN echo "//example.com/:_authToken=$TOKEN" > .npmrc && npm ci && rm .npmrc
COPY . .
