FROM node:20
WORKDIR /srv
COPY . .
WORKDIR /srv/web
RUN npm ci
