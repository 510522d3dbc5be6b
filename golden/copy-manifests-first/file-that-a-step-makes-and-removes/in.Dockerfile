FROM node:20
WORKDIR /app
ARG TOKEN
COPY . .
RUN echo "//example.com/:_authToken=$TOKEN" > .npmrc && npm ci && rm .npmrc
