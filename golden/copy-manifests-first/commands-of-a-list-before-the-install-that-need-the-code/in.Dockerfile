FROM node:20
WORKDIR /srv
COPY . .
RUN npm run generate && npm ci
