FROM node:20
WORKDIR /app
COPY base/ .
COPY over/ .
RUN npm ci
