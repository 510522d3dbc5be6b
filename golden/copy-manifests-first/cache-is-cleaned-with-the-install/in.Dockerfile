FROM node:20
WORKDIR /srv
COPY . .
RUN npm ci && npm cache clean --force
